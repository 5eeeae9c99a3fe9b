package io.github.upgradehandler.servlet.glassfish;

import io.github.upgradehandler.servlet.container.ClosedOutput;
import io.github.upgradehandler.servlet.container.ContainerAdapter;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.servlet.container.ServerStop;
import io.github.upgradehandler.servlet.container.ServletEventOutput;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** GlassFish 7 and 8, and Payara, which is built on it. */
public final class GlassFishAdapter implements ContainerAdapter {

  /** The class of its outputs; another container, which is asked before, has one of that name. */
  private static final String OUTPUT = "org.apache.catalina.connector.CoyoteOutputStream";

  private static final ClosedOutput CLOSED = ClosedOutput.ofField("ob");

  /** Keeps no state. */
  public GlassFishAdapter() {}

  @Override
  public Optional<ServerStop.Cancellation> onServerStop(
      ServletContext context, MethodHandle stopping) throws ReflectiveOperationException {
    return GlassFishStop.listen(context, stopping);
  }

  @Override
  public Optional<ContainerStreams> streams(
      WebConnection container, TransportListener listener, ContainerOptions options)
      throws IOException {
    return container.getClass().getName().equals(GlassFishStreams.CONNECTION)
        ? Optional.of(new GlassFishStreams(container, listener))
        : Optional.empty();
  }

  @Override
  public Optional<ServletEventOutput> eventOutput(AsyncContext async, ContainerOutput body) {
    return body.inner().getClass().getName().equals(OUTPUT)
        ? Optional.of(new ServletEventOutput(async, body, CLOSED))
        : Optional.empty();
  }
}
