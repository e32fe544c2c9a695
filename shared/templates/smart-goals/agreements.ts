/** Session A, the Four Agreements (7 minutes). Names after Singleton & Linton; the sentences under them are ours. */
import type { AgreementsConfig } from '../../activities/agreements/model.ts'

export const agreements: AgreementsConfig = {
  source: {
    en: 'The Four Agreements of Courageous Conversations: Singleton & Linton, 2006',
    es: 'Los Cuatro Acuerdos de las Conversaciones Valientes: Singleton y Linton, 2006',
  },
  agreements: {
    discomfort: {
      order: 0,
      name: { en: 'Experience discomfort', es: 'Vivir la incomodidad' },
      text: {
        en: 'Talking about race and equity can be uncomfortable. Let it be, notice it, and stay: it often means that something is being learned.',
        es: 'Hablar de raza y de equidad puede incomodar. Permítalo, obsérvelo y quédese: muchas veces significa que algo se está aprendiendo.',
      },
    },
    'non-closure': {
      order: 1,
      name: { en: 'Expect and accept non-closure', es: 'Esperar y aceptar que no todo se cierre' },
      text: {
        en: 'We will not finish this today. Leaving with an open question is not a failure; it is how the conversation goes on.',
        es: 'Hoy no vamos a terminar. Irse con una pregunta abierta no es un fracaso; es la forma en que la conversación continúa.',
      },
    },
    truth: {
      order: 2,
      name: { en: 'Speak your truth', es: 'Decir su verdad' },
      text: {
        en: 'Say what you have seen and lived, as yours, and not only what is expected. Others may have lived something else.',
        es: 'Diga lo que ha visto y vivido, como suyo, y no solo lo que se espera. Otras personas pueden haber vivido algo distinto.',
      },
      local: { en: 'Here: with mercy', es: 'Aquí: con misericordia' },
    },
    engaged: {
      order: 3,
      name: { en: 'Stay engaged', es: 'Seguir presentes' },
      text: {
        en: 'Stay with it, in mind and in heart, also when it is easier to drift away. If you need a moment, take it, and come back.',
        es: 'Siga aquí, con la mente y con el corazón, también cuando sea más fácil alejarse. Si necesita un momento, tómelo, y vuelva.',
      },
    },
  },
}
