/** Words of the welcome that stand in the notes. */
export const en = {
  arc: 'What we did together',
}

export const es: typeof en = {
  arc: 'Lo que hicimos juntos',
}
