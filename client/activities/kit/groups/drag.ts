/** Dragging a person to a group. It is never the only way: pressing a person opens the same as a list. */
export interface Moving {
  id: string
  /** The group that they are in. */
  from?: string
}

const TYPE = 'text/plain'

/** Attributes of a thing that a person may be dragged from. */
export function dragged(person: string) {
  return {
    draggable: true,
    ondragstart: (event: DragEvent) => event.dataTransfer?.setData(TYPE, person),
  } as const
}

/** Attributes of a place where a person may be dropped. */
export function dropped(drop: (person: string) => void) {
  return {
    ondragover: (event: DragEvent) => event.preventDefault(),
    ondrop: (event: DragEvent) => {
      event.preventDefault()
      const person = event.dataTransfer?.getData(TYPE) ?? ''
      if (person !== '') drop(person)
    },
  }
}
