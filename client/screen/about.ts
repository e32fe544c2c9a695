/** A rough number of people for the screen: nobody can be found missing by looking round. */
export function aboutHowMany(count: number): number {
  return count < 5 ? 0 : count < 20 ? Math.floor(count / 5) * 5 : Math.floor(count / 10) * 10
}
