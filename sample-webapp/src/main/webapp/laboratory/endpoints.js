/**
 * repeatsOwn: whether what one says is only shown when it comes back, as everyone else sees it.
 */
export const endpoints = [
  {
    path: 'echo',
    title: 'Echo',
    about: 'Sends back what it gets, text or binary, up to 16 MiB.',
    repeatsOwn: false,
  },
  {
    path: 'broadcast',
    title: 'Broadcast',
    about: 'Every message goes to everyone connected, you included.',
    repeatsOwn: true,
  },
];
