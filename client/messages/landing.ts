/** Words of the page that a link with a key opens. */
export const en = {
  brand: 'Gatherwell',
  console: {
    title: 'You are invited to facilitate',
    help: 'This link opens the console of one session, for you. Don’t project that window: it shows more than the room should see.',
    open: 'Open the console',
  },
  screen: {
    title: 'The screen for the room',
    help: 'This link opens what the room sees, for the projector. Nothing can be changed from it.',
    open: 'Open the screen',
  },
  used: 'This link no longer opens anything: it was revoked, or its session is gone. Ask whoever sent it for a new one.',
  missing: 'The link came without its last part, the one after “#”. Copy the whole link and open it again.',
  again: 'That didn’t work just now. Check your connection, then try again; the link is still good.',
  host: 'I am the host: sign in with the passphrase',
}

export const es: typeof en = {
  brand: 'Gatherwell',
  console: {
    title: 'Le invitan a facilitar',
    help: 'Este enlace abre para usted la consola de una sesión. No proyecte esa ventana: muestra más de lo que el grupo debe ver.',
    open: 'Abrir la consola',
  },
  screen: {
    title: 'La pantalla de la sala',
    help: 'Este enlace abre lo que ve el grupo, para el proyector. Desde ahí no se puede cambiar nada.',
    open: 'Abrir la pantalla',
  },
  used: 'Este enlace ya no abre nada: se revocó o su sesión ya no existe. Pida uno nuevo a quien se lo envió.',
  missing: 'El enlace llegó sin su última parte, la que va después de «#». Copie el enlace completo y ábralo de nuevo.',
  again: 'No funcionó en este momento. Revise su conexión e intente de nuevo; el enlace sigue siendo válido.',
  host: 'Soy quien organiza: entrar con la frase de acceso',
}
