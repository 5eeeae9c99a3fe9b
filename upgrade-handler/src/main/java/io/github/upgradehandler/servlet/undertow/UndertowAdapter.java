package io.github.upgradehandler.servlet.undertow;

import io.github.upgradehandler.servlet.container.ContainerAdapter;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.servlet.container.Handover;
import io.github.upgradehandler.servlet.container.ServletEventOutput;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Undertow 2.3, and WildFly, which is built on it. */
public final class UndertowAdapter implements ContainerAdapter {

  /**
   * The option by which, where TLS or a time limit is not in between, bytes go through the sockets'
   * XNIO channels, reached by reflection, instead of the servlet API's streams: any thread may then
   * write.
   */
  private static final String CHANNELS = "undertowChannels";

  private static final String PACKAGE = "io.undertow.";

  /** Keeps no state. */
  public UndertowAdapter() {}

  @Override
  public Set<String> options() {
    return Set.of(CHANNELS);
  }

  @Override
  public Optional<Handover> handover(HttpServletRequest request, HttpServletResponse response) {
    return request.getClass().getName().equals(UndertowHandover.REQUEST)
        ? Optional.of(new UndertowHandover(request, response))
        : Optional.empty();
  }

  @Override
  public Optional<ContainerStreams> streams(
      WebConnection container, TransportListener listener, ContainerOptions options)
      throws IOException {
    if (!container.getInputStream().getClass().getName().startsWith(PACKAGE)) {
      return Optional.empty();
    }
    XnioChannels channels = options.isOn(CHANNELS) ? XnioChannels.of(container) : null;
    return Optional.of(
        channels == null
            ? new UndertowStreams(container, listener)
            : new UndertowChannels(container, listener, channels));
  }

  @Override
  public Optional<ServletEventOutput> eventOutput(AsyncContext async, ContainerOutput body) {
    return body.inner().getClass().getName().startsWith(PACKAGE)
        ? Optional.of(new UndertowEventOutput(async, body))
        : Optional.empty();
  }
}
