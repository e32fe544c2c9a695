/** Parts of the phone's page that no first view shows: fetched when they are needed, or while there is nothing to do. */
export const thisPhone = () => import('./ThisPhone.svelte')
export const atDoor = () => import('./AtDoor.svelte')
export const ended = () => import('./Ended.svelte')
