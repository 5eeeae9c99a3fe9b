// What an echo costs at least on this machine: one epoll loop that checks nothing. It answers the
// load client's opening handshake, which is always the same, and ends with its standard input.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define LARGEST (2 << 20)
#define MOST_EVENTS 256

static const char RESPONSE[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

struct peer {
  int fd, open, closing;
  size_t length;
  unsigned char bytes[LARGEST];
};

static unsigned char out[LARGEST];

static void send_all(int fd, const unsigned char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0) {
      struct pollfd ready = {fd, POLLOUT, 0};
      if (poll(&ready, 1, 1000) <= 0 || ready.revents & (POLLERR | POLLHUP)) return;
      continue;
    }
    bytes += count;
    length -= count;
  }
}

/* Writes the answer to one frame, and says how long the frame was; 0 if it is not all there. */
static size_t frame(struct peer *peer, unsigned char *in, size_t there, size_t *written) {
  if (there < 6) return 0;
  size_t header = 2, length = in[1] & 0x7F;
  if (length >= 126) {
    size_t bytes = length == 126 ? 2 : 8;
    if (there < 6 + bytes) return 0;
    length = 0;
    for (size_t i = 0; i < bytes; i++) length = length << 8 | in[2 + i];
    header += bytes;
  }
  if (there < header + 4 + length) return 0;
  unsigned char *to = out + *written, *payload = in + header + 4;
  memcpy(to, in, header);
  to[1] &= 0x7F;
  unsigned char mask[8];
  memcpy(mask, in + header, 4);
  memcpy(mask + 4, in + header, 4);
  unsigned long key, word;
  memcpy(&key, mask, 8);
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    memcpy(&word, payload + i, 8);
    word ^= key;
    memcpy(to + header + i, &word, 8);
  }
  for (; i < length; i++) to[header + i] = payload[i] ^ mask[i & 7];
  peer->closing |= (in[0] & 0x0F) == 8;
  *written += header + length;
  return header + 4 + length;
}

static void readable(struct peer *peer) {
  ssize_t count = read(peer->fd, peer->bytes + peer->length, LARGEST - peer->length);
  size_t done = 0, taken, written = 0;
  if (count > 0) peer->length += count;
  if (!peer->open && peer->length >= 4 && !memcmp(peer->bytes + peer->length - 4, "\r\n\r\n", 4)) {
    peer->open = 1;
    peer->length = 0;
    send_all(peer->fd, (const unsigned char *)RESPONSE, sizeof RESPONSE - 1);
  }
  if (peer->open) {
    while ((taken = frame(peer, peer->bytes + done, peer->length - done, &written))) done += taken;
    if (written) send_all(peer->fd, out, written);
    peer->length -= done;
    if (done) memmove(peer->bytes, peer->bytes + done, peer->length);
  }
  if (count <= 0 || peer->closing) {
    close(peer->fd);
    free(peer);
  }
}

int main(void) {
  int one = 1, epoll = epoll_create1(0), listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  struct epoll_event event = {EPOLLIN, {.ptr = &listener}}, events[MOST_EVENTS];
  struct epoll_event input = {EPOLLIN, {.ptr = 0}};
  bind(listener, (struct sockaddr *)&address, size);
  listen(listener, 1024);
  getsockname(listener, (struct sockaddr *)&address, &size);
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &input);
  printf("port %d\n", ntohs(address.sin_port));
  fflush(stdout);
  for (;;) {
    int count = epoll_wait(epoll, events, MOST_EVENTS, -1);
    for (int i = 0; i < count; i++) {
      if (!events[i].data.ptr) return 0;
      if (events[i].data.ptr != &listener) {
        readable(events[i].data.ptr);
        continue;
      }
      struct peer *peer = malloc(sizeof *peer);
      peer->open = peer->closing = peer->length = 0;
      peer->fd = accept(listener, 0, 0);
      setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      event.data.ptr = peer;
      epoll_ctl(epoll, EPOLL_CTL_ADD, peer->fd, &event);
    }
  }
}
