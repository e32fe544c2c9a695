/** The sky in the notes: as it was shown, in words and as a picture. A sky that nobody revealed stays veiled there too. */
import { say } from '../../say.ts'
import type { NotedSky, Section } from '../../report/model.ts'
import type { Sky } from '../../sky/sky.ts'
import type { ReportContext } from '../activity.ts'
import type { CheckInConfig, CheckInState } from './model.ts'
import { skySentence, skyShares } from './sentence.ts'
import { shownSky } from './views.ts'
import { en, es } from './words.ts'

export function checkInReport(state: CheckInState, around: ReportContext<CheckInConfig>): Section[] {
  const words = around.lang === 'es' ? es : en
  const title = say(around.title, around.lang)
  const { sky, then } = shownSky(state, around)
  const sentence = (of: Sky) => skySentence(of, around.config.weathers, around.lang)
  const noted = (name: string, of: Sky): NotedSky => ({ title: name, sentence: sentence(of), seed: around.step, sky: of, shares: skyShares(of, around.config.weathers, around.lang) })
  const skies = [
    ...(then === undefined ? [] : [noted(words.then, then)]),
    ...(sky === undefined ? [] : [noted(then === undefined ? words.sky : words.now, sky)]),
  ]
  return [
    {
      id: around.step,
      title,
      blocks: [
        { type: 'text', text: say(around.config.question, around.lang), style: 'lead' },
        skies.length > 0 ? { type: 'skies', head: [words.weather, words.share], skies } : { type: 'text', text: words.veiled, style: 'note' },
      ],
    },
  ]
}
