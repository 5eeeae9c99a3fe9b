package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached: at its own address, or by a proxy.
 *
 * @param proxy its kind, {@link Proxy.Type#DIRECT} for none
 * @param host what TCP goes to
 * @param port what TCP goes to
 * @param user for the proxy, null for none
 */
record Route(Proxy.Type proxy, String host, int port, @Nullable PasswordAuthentication user) {

  /**
   * The first that the configuration's selector answers; may block.
   *
   * @throws IOException if that is a proxy without an address
   */
  static Route choose(ClientConfig config, Destination to) throws IOException {
    ProxySelector selector = config.proxySelector();
    List<Proxy> proxies =
        selector == null
            ? List.of()
            : selector.select(
                URI.create((to.secure() ? "https://" : "http://") + to.authority() + "/"));
    if (proxies.isEmpty() || proxies.get(0).type() == Proxy.Type.DIRECT) {
      return new Route(Proxy.Type.DIRECT, to.host(), to.port(), null);
    }
    Proxy first = proxies.get(0);
    if (!(first.address() instanceof InetSocketAddress address)) {
      throw new IOException("the proxy " + first + " has no address of TCP");
    }
    PasswordAuthentication user = config.proxyUser().apply(address).orElse(null);
    return new Route(first.type(), address.getHostString(), address.getPort(), user);
  }

  /** What is asked of the proxy before the server is spoken to, if there is one. */
  Optional<Step> step(ByteStream stream, Destination to, int maxHeadBytes) throws IOException {
    return switch (proxy) {
      case DIRECT -> Optional.empty();
      case HTTP ->
          Optional.of(
              new ConnectStep(new HeadExchange("proxy", stream, connect(to), maxHeadBytes)));
      case SOCKS -> Optional.of(new SocksStep(stream, to, user));
    };
  }

  private String connect(Destination to) {
    String line = "CONNECT " + to.authority() + " HTTP/1.1\r\nHost: " + to.authority() + "\r\n";
    return user == null
        ? line + "\r\n"
        : line
            + "Proxy-Authorization: "
            + Credentials.basic(user.getUserName(), new String(user.getPassword()))
            + "\r\n\r\n";
  }
}
