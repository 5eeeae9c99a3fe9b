package io.github.upgradehandler.servlet.liberty;

import io.github.upgradehandler.servlet.container.ContainerAdapter;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.servlet.container.ServerStop;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Open Liberty 26. */
public final class LibertyAdapter implements ContainerAdapter {

  /** Keeps no state. */
  public LibertyAdapter() {}

  @Override
  public Optional<ServerStop.Cancellation> onServerStop(
      ServletContext context, MethodHandle stopping) throws ReflectiveOperationException {
    return LibertyStop.listen(context, stopping);
  }

  @Override
  public Optional<ContainerStreams> streams(
      WebConnection container, TransportListener listener, ContainerOptions options)
      throws IOException {
    return container.getClass().getName().equals(LibertySocket.CONNECTION)
        ? Optional.of(new LibertyStreams(container, listener))
        : Optional.empty();
  }
}
