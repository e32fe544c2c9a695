/** Words about the address that phones come by. */
export const en = {
  title: 'The address for phones',
  help: 'QR codes and links begin with it.',
  choose: 'Which address can phones in the room reach?',
  trouble: 'What if phones can’t reach this?',
  wifi: 'Put phones on the same Wi-Fi as this machine: not on mobile data, not on a guest network of their own.',
  isolation: 'If that is so already, the network keeps devices apart (“client isolation”), or a firewall on this machine blocks the port: ask whoever runs it to let phones through, or make a hotspot with one phone and join it with this machine.',
  check: 'Try it with your own phone, in the room, on the room’s Wi-Fi. When the page to join appears, everybody’s phone will do the same.',
  qr: (address: string) => `Code that opens ${address} on your phone`,
}

export const es: typeof en = {
  title: 'La dirección para los teléfonos',
  help: 'Con ella empiezan los códigos QR y los enlaces.',
  choose: '¿A qué dirección llegan los teléfonos de la sala?',
  trouble: '¿Y si los teléfonos no llegan hasta aquí?',
  wifi: 'Conecte los teléfonos al mismo wifi que este equipo: no a los datos móviles ni a una red de invitados aparte.',
  isolation: 'Si ya es así, la red mantiene separados los dispositivos («aislamiento de clientes») o un cortafuegos de este equipo bloquea el puerto: pida a quien lo administra que deje pasar a los teléfonos, o cree una zona wifi con un teléfono y conecte a ella este equipo.',
  check: 'Pruébelo con su propio teléfono, en la sala y con el wifi de la sala. Cuando aparezca la página para unirse, a todos les funcionará igual.',
  qr: (address: string) => `Código que abre ${address} en su teléfono`,
}
