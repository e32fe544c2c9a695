/** Words about taking back all that one sent. */
export const en = {
  title: 'Erase what I sent',
  can: 'Erased for good: your name, everything you sent with it, and everything you sent from this phone in anonymous steps, with your moments and calls for support.',
  cannot: 'What the room was told as a whole stays: skies, “many of us”. Copies that somebody has already saved are theirs. If people are looking at the wall just now, they may notice what goes.',
  ended: 'Erased for good: your name, and everything you sent with it.',
  endedCannot: 'What was said in anonymous steps is sealed: nobody can find out any more which words were yours, you neither, so they stay. Copies that somebody has already saved are theirs.',
  backups: 'Backups of the server hold it until they have gone round.',
  out: 'You leave the session with it, and this phone forgets it.',
  ask: 'Erase what I sent',
  really: 'Erase all of it?',
  sure: 'Erase it for good',
  not: 'Keep it',
  waits: 'No connection just now. It is erased as soon as there is one; keep this page open.',
  failed: 'It could not be erased just now. Try again in a moment.',
}

export const es: typeof en = {
  title: 'Borrar lo que envié',
  can: 'Se borran para siempre su nombre, todo lo que envió con él y lo que envió desde este teléfono en pasos anónimos, con sus momentos y sus llamadas de apoyo.',
  cannot: 'Lo que se dijo del grupo entero se queda: los cielos, «muchas personas». Las copias que alguien ya guardó son suyas. Si en este momento se mira el muro, puede notarse qué desaparece.',
  ended: 'Se borran para siempre su nombre y todo lo que envió con él.',
  endedCannot: 'Lo dicho en pasos anónimos está sellado: nadie puede averiguar ya qué palabras eran suyas, tampoco usted, así que se quedan. Las copias que alguien ya guardó son suyas.',
  backups: 'Las copias de seguridad del servidor lo conservan hasta que se renuevan.',
  out: 'Con ello sale de la sesión y este teléfono la olvida.',
  ask: 'Borrar lo que envié',
  really: '¿Borrarlo todo?',
  sure: 'Borrarlo para siempre',
  not: 'Conservarlo',
  waits: 'No hay conexión en este momento. Se borrará en cuanto vuelva; deje esta página abierta.',
  failed: 'No se pudo borrar en este momento. Intente de nuevo en un momento.',
}
