package io.github.upgradehandler.jetty;

import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * A handshake whose servlet output keeps no buffer of its own.
 *
 * <p>Jetty gathers small writes in a buffer of 32 KiB, which an output that was once written to
 * holds for as long as its connection lives. An event stream writes whole events and has no use for
 * it.
 */
final class HandshakeRequest extends Request.Wrapper {

  // Jetty writes larger arrays in pieces of this size.
  private static final int WRITE_BYTES = 64 * 1024;

  private final ConnectionMetaData connection;

  HandshakeRequest(Request wrapped, HttpConfiguration configuration) {
    super(wrapped);
    connection =
        new ConnectionMetaData.Wrapper(wrapped.getConnectionMetaData()) {
          @Override
          public HttpConfiguration getHttpConfiguration() {
            return configuration;
          }
        };
  }

  /** The connector's configuration but for the output. */
  static HttpConfiguration configuration(HttpConfiguration connectors) {
    HttpConfiguration configuration = new HttpConfiguration(connectors);
    configuration.setOutputBufferSize(WRITE_BYTES);
    configuration.setOutputAggregationSize(0);
    return configuration;
  }

  @Override
  public ConnectionMetaData getConnectionMetaData() {
    return connection;
  }
}
