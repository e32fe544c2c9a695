/** What the host is told when the data is not as safe as it should be. */
export const en = {
  title: 'About your data',
  warnings: {
    'low-space': 'Less than 500 MB are free on the server’s drive. Make room soon: when it is full, nobody can save anything.',
    'no-backup': 'Today’s backup could not be made. The server’s log says why; most often there is too little room for it.',
    'damaged-backup': 'The newest backup can no longer be read, and was put aside. Its drive may be failing: keep backups on another one.',
  } as Record<string, string>,
}

export const es: typeof en = {
  title: 'Acerca de sus datos',
  warnings: {
    'low-space': 'Quedan menos de 500 MB libres en el disco del servidor. Haga espacio pronto: cuando se llene, nadie podrá guardar nada.',
    'no-backup': 'No se pudo hacer la copia de seguridad de hoy. El registro del servidor dice por qué; lo más común es que falte espacio.',
    'damaged-backup': 'La copia de seguridad más reciente ya no se puede leer y se apartó. Su disco puede estar fallando: guarde las copias en otro.',
  } as Record<string, string>,
}
