package io.github.upgradehandler.runner;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.ClientRequest;
import io.github.upgradehandler.client.WebSocketClient;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of a connection at the terminal, checked and turned into one. */
@Command(
    name = "connect",
    description = {
      "Connects to a WebSocket server. Each line of the input is sent as a text message, and each"
          + " message that comes is a line of the output; the end of the input closes the"
          + " connection.",
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:The connection was closed with 1000 or no status.",
      "1:It could not be opened.",
      "2:An option is wrong.",
      "3:It was closed with another status, or lost.",
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    versionProvider = RunnerCommand.Version.class)
final class ConnectCommand implements Callable<Integer> {

  /** A day: so long may a person wait. */
  private static final int LONGEST_PING_SECONDS = 86_400;

  private static final long LARGEST_MESSAGE = 64L << 20;

  /** Some servers cut large messages into pieces of some KiB. */
  private static final int MOST_FRAGMENTS = 1 << 16;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "URI", description = "Address of the server: ws: or wss:.")
  private String uri = "";

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      description = "A header of the opening handshake; may be given several times.")
  private List<String> headers = List.of();

  @Option(
      names = {"-s", "--subprotocol"},
      paramLabel = "NAME",
      description = "A subprotocol to offer, best first; may be given several times.")
  private List<String> subprotocols = List.of();

  @Option(
      names = "--ping",
      paramLabel = "SECONDS",
      description = "Send a ping so often, and say how long its pong took.")
  private @Nullable Integer ping;

  @Option(names = "--compress", description = "Offer permessage-deflate.")
  private boolean compress;

  @Option(
      names = "--frames",
      description = "Show the header of each frame on the standard error, both ways.")
  private boolean frames;

  @Option(
      names = {"-k", "--insecure"},
      description = "Trust any certificate, for any name.")
  private boolean insecure;

  @Override
  public Integer call() throws InterruptedException, StartException {
    ClientRequest request = request();
    if (ping != null && (ping < 1 || ping > LONGEST_PING_SECONDS)) {
      throw wrong("--ping", "must be from 1 to " + LONGEST_PING_SECONDS + ", not " + ping);
    }
    Terminal terminal =
        frames ? new FrameTerminal(System.out, System.err) : new Terminal(System.out, System.err);
    try (WebSocketClient client = WebSocketClient.create(config())) {
      WebSocket socket = client.connect(request, terminal).get();
      Runtime.getRuntime().addShutdownHook(new Thread(client::close)); // says 1001 at a signal
      terminal.send(System.in, Charset.defaultCharset(), socket);
      if (ping != null) {
        terminal.ping(socket, ping);
      }
      return terminal.exitStatus();
    } catch (ExecutionException e) {
      throw new StartException("cannot connect to " + uri, e);
    }
  }

  private ClientRequest request() {
    ClientRequest request;
    try {
      request = ClientRequest.to(uri);
    } catch (IllegalArgumentException e) {
      throw wrong("URI", String.valueOf(e.getMessage()));
    }
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw wrong("--header", "must be 'NAME: VALUE', not '" + header + "'");
      }
      try {
        request = request.header(header.substring(0, colon), header.substring(colon + 1).strip());
      } catch (IllegalArgumentException e) {
        throw wrong("--header", String.valueOf(e.getMessage()));
      }
    }
    try {
      return request.subprotocols(subprotocols.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw wrong("--subprotocol", String.valueOf(e.getMessage()));
    }
  }

  private ClientConfig config() {
    ClientConfig.Builder config =
        ClientConfig.builder()
            .webSocket(
                WebSocketConfig.builder()
                    .compression(compress)
                    .maxMessageBytes(LARGEST_MESSAGE)
                    .maxFragments(MOST_FRAGMENTS)
                    .drainTimeout(Duration.ofSeconds(1))
                    .build());
    if (insecure) {
      try {
        config.sslContext(AnyCertificate.context()).hostNameCheck(false);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the platform has no TLS", e);
      }
    }
    return config.build();
  }

  private ParameterException wrong(String option, String message) {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return new ParameterException(command.commandLine(), option + ": " + message);
  }
}
