/** Session A, welcome (5 minutes): the way in, and the sentence that the session stands on. */
import type { WelcomeConfig } from '../../activities/welcome/model.ts'

export const welcome: WelcomeConfig = {
  greeting: {
    en: 'We are glad that you are here. Today goes at a human pace: bring what you know, and take what helps.',
    es: 'Nos alegra que esté aquí. Hoy vamos a un ritmo humano: traiga lo que sabe y llévese lo que le sirva.',
  },
  opening: {
    en: `# Equity is not equality

![Three gaps, wide and narrow. With the same plank for each, only the narrowest is crossed; with a plank as long as its gap, all three are.](equity-not-equality)

Equality gives everyone the same. **Equity gives each of us what it takes to get across.**`,
    es: `# Equidad no es igualdad

![Tres zanjas, anchas y angostas. Con el mismo tablón para todas, solo se cruza la más angosta; con un tablón a la medida de cada una, se cruzan las tres.](equity-not-equality)

La igualdad da lo mismo a todos. **La equidad da a cada quien lo que necesita para cruzar.**`,
  },
}
