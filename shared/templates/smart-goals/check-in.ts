/** Emotional weather at the start of session A, and again at its close. */
import type { CheckInConfig } from '../../activities/check-in/model.ts'

const weathers: CheckInConfig['weathers'] = {
  cloudy: { order: 0, name: { en: 'Cloudy', es: 'Nublado' }, feelings: { en: 'grumpy, sick', es: 'mal humor, malestar' } },
  foggy: { order: 1, name: { en: 'Foggy', es: 'Con niebla' }, feelings: { en: 'confused, depressed', es: 'confusión, desánimo' } },
  windy: { order: 2, name: { en: 'Windy', es: 'Ventoso' }, feelings: { en: 'anxious, stressed', es: 'ansiedad, estrés' } },
  stormy: { order: 3, name: { en: 'Stormy', es: 'Tormentoso' }, feelings: { en: 'angry, frustrated', es: 'enojo, frustración' } },
  rainy: { order: 4, name: { en: 'Rainy', es: 'Lluvioso' }, feelings: { en: 'sad, lonely', es: 'tristeza, soledad' } },
  rainbow: { order: 5, name: { en: 'Rainbow', es: 'Arcoíris' }, feelings: { en: 'hopeful', es: 'esperanza' } },
  snowy: { order: 6, name: { en: 'Snowy', es: 'Nevado' }, feelings: { en: 'relaxed, peaceful', es: 'calma, paz' } },
  sunny: { order: 7, name: { en: 'Sunny', es: 'Soleado' }, feelings: { en: 'cheerful, content', es: 'alegría, satisfacción' } },
}

/** Seven minutes. */
export const weather: CheckInConfig = {
  question: { en: 'What is your emotional weather today?', es: '¿Cuál es su clima emocional hoy?' },
  weathers,
  second: { en: 'What can you do about the weather that you are in?', es: '¿Qué puede hacer con el clima en que se encuentra?' },
  suggestions: {
    en: [
      'Breathe out slowly, three times.',
      'Let the weather be: it is allowed in this room.',
      'Tell one person near me how I am.',
      'Sit where I can see the door, or the window.',
      'Put the phone away until I am asked for it.',
      'Ask for a pause when I need one.',
    ].join('\n'),
    es: [
      'Soltar el aire despacio, tres veces.',
      'Dejar que el clima esté: en esta sala tiene permiso.',
      'Contarle a una persona cercana cómo estoy.',
      'Sentarme donde vea la puerta o la ventana.',
      'Guardar el teléfono hasta que haga falta.',
      'Pedir una pausa cuando la necesite.',
    ].join('\n'),
  },
}

/** Two minutes of the closing ten: the same question, and the two skies side by side. */
export const closingWeather: CheckInConfig = {
  question: { en: 'What is your weather now?', es: '¿Cuál es su clima ahora?' },
  weathers,
  then: 'weather',
}
