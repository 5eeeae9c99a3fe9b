package io.github.upgradehandler.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options, checked and turned into a server. */
@Command(
    name = "embedded-runner",
    description = "Serves a WAR on an embedded Jetty until SIGTERM or SIGINT.",
    subcommands = ConnectCommand.class,
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    versionProvider = RunnerCommand.Version.class)
final class RunnerCommand implements Callable<Integer> {
  private static final String SELF_SIGNED = "";
  private static final Pattern CONTEXT = Pattern.compile("/|(/[\\w.~-]+)+/?");

  private static final Pattern REDIS = Pattern.compile("(rediss?|redis-sentinel)://.");

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--host", paramLabel = "HOST", description = "Address or name to listen on.")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0 for any.")
  private int port = 8080;

  @Option(names = "--context", paramLabel = "PATH", description = "Context path of the WAR.")
  private String context = "/";

  @Option(
      names = "--war",
      paramLabel = "FILE",
      description = "WAR to serve; without it, the sample.")
  private @Nullable Path war;

  @Option(
      names = "--tls",
      arity = "0..1",
      fallbackValue = SELF_SIGNED,
      paramLabel = "FILE",
      description =
          "Serve https and wss with a key store (PKCS12, JKS); without FILE, with a self-signed"
              + " certificate.")
  private @Nullable String tls;

  @Option(
      names = "--tls-password",
      arity = "0..1",
      interactive = true,
      paramLabel = "PASSWORD",
      description = "Password of the key store and its key; asked for when none is given here.")
  private @Nullable String tlsPassword;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      description = "Connections without traffic end after this time; 0 for never.")
  private int idle = 30;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description = "At a signal, open connections get this time to close.")
  private int drain = 10;

  @Option(
      names = "--redis",
      paramLabel = "URI",
      description =
          "Redis by which the sample shares chats and notifications with other nodes; the WAR gets"
              + " it as the context-param redis.")
  private @Nullable String redis;

  @Override
  public Integer call() throws Exception {
    check();
    Tls checkedTls = tls();
    WorkDirectory work = WorkDirectory.create();
    try {
      EmbeddedServer server =
          EmbeddedServer.start(
              host,
              port,
              contextPath(),
              war == null ? work.sample() : war,
              work.unpacked(),
              redis == null ? Map.of() : Map.of("redis", redis),
              checkedTls,
              Duration.ofSeconds(idle));
      DrainOnSignal.install(server, Duration.ofSeconds(drain), work);
      announce(server);
    } catch (Exception e) {
      work.close();
      throw e;
    }
    return CommandLine.ExitCode.OK;
  }

  private void check() {
    if (port < 0 || port > 65535) {
      throw wrong("--port", "must be from 0 to 65535, not " + port);
    }
    if (idle < 0) {
      throw wrong("--idle", "must not be negative");
    }
    if (drain < 0) {
      throw wrong("--drain", "must not be negative");
    }
    if (!CONTEXT.matcher(context).matches()) {
      throw wrong("--context", "must be a path such as /app, not '" + context + "'");
    }
    if (tlsPassword != null && (tls == null || tls.equals(SELF_SIGNED))) {
      throw wrong("--tls-password", "needs --tls FILE");
    }
    if (redis != null && !REDIS.matcher(redis).lookingAt()) {
      // What stands there may hold a password.
      throw wrong("--redis", "must begin with redis://, rediss:// or redis-sentinel://");
    }
    if (war != null) {
      checkWar(war);
    }
  }

  private void checkWar(Path file) {
    if (Files.isDirectory(file)) {
      return;
    }
    if (!Files.isReadable(file)) {
      throw wrong("--war", "cannot read " + file);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      zip.size();
    } catch (IOException e) {
      throw wrong("--war", file + " is no WAR: " + e.getMessage());
    }
  }

  private @Nullable Tls tls() throws GeneralSecurityException, IOException {
    if (tls == null) {
      return null;
    }
    if (tls.equals(SELF_SIGNED)) {
      return Tls.selfSigned(host);
    }
    Path file = Path.of(tls);
    if (!Files.isReadable(file)) {
      throw wrong("--tls", "cannot read " + file);
    }
    try {
      return Tls.load(file, tlsPassword == null ? "" : tlsPassword);
    } catch (GeneralSecurityException | IOException e) {
      throw wrong("--tls", "cannot open " + file + ": " + e.getMessage());
    }
  }

  /** Jetty wants no slash at the end, but for the root. */
  private String contextPath() {
    return context.length() > 1 && context.endsWith("/")
        ? context.substring(0, context.length() - 1)
        : context;
  }

  private void announce(EmbeddedServer server) {
    System.out.println(server.uri());
    if (war == null) {
      String trust = SELF_SIGNED.equals(tls) ? "-n " : "";
      System.out.println("wscat " + trust + "-c " + server.webSocketUri().resolve("echo"));
    }
  }

  private ParameterException wrong(String option, String message) {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return new ParameterException(command.commandLine(), option + ": " + message);
  }

  /** The version of the jar, as Maven wrote it into the manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RunnerCommand.class.getPackage().getImplementationVersion();
      return new String[] {"embedded-runner " + (version == null ? "(not packaged)" : version)};
    }
  }
}
