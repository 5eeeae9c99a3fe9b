package io.github.upgradehandler.client;

import io.github.upgradehandler.WebSocketConfig;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The bounds and habits of a client. Immutable. */
public final class ClientConfig {

  private final Builder values;

  private ClientConfig(Builder values) {
    this.values = values;
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** All defaults. */
  public static ClientConfig defaults() {
    return builder().build();
  }

  /**
   * The bounds of the connections, as on a server; what concerns requests there has no meaning
   * here. Default: {@link WebSocketConfig#defaults} with compression.
   */
  public WebSocketConfig webSocket() {
    return values.webSocket;
  }

  /** How long it may take until TCP and TLS stand, a name's look-up included. Default 10 s. */
  public Duration connectTimeout() {
    return values.connectTimeout;
  }

  /** How long the answer to the opening handshake may take after that. Default 10 s. */
  public Duration handshakeTimeout() {
    return values.handshakeTimeout;
  }

  /** The most bytes of the head of an answer, and of those that announce it. Default 16384. */
  public int maxHeadBytes() {
    return values.maxHeadBytes;
  }

  /** Threads that read and write the sockets. Default: one for two processors, from 1 to 4. */
  public int ioThreads() {
    return values.ioThreads;
  }

  /** Where handlers run. Default {@link HandlerThreads#WORKERS}. */
  public HandlerThreads handlerThreads() {
    return values.handlerThreads;
  }

  /**
   * Whose certificates are trusted, and which are shown for {@code wss:}; null for the platform's
   * default. Default null.
   */
  public @Nullable SSLContext sslContext() {
    return values.sslContext;
  }

  /** Whether a certificate must be for the host (RFC 9110 section 4.3.4). Default true. */
  public boolean hostNameCheck() {
    return values.hostNameCheck;
  }

  /**
   * How many redirections are followed for a connection, never from {@code wss:} to {@code ws:};
   * headers and cookies stay behind where the origin changes. Default 5.
   */
  public int maxRedirects() {
    return values.maxRedirects;
  }

  /**
   * Answers 401 with the value of the header Authorization, once for a connection; empty to let it
   * fail. Default: always empty.
   */
  public BiFunction<ClientRequest, HandshakeResponse, Optional<String>> authorization() {
    return values.authorization;
  }

  /**
   * Which proxy leads to a server, asked with {@code http:} or {@code https:}: the first one
   * answered is used, HTTP by CONNECT or SOCKS by version 5; null for none. {@link
   * ProxySelector#getDefault} goes by the system properties. Default null.
   */
  public @Nullable ProxySelector proxySelector() {
    return values.proxySelector;
  }

  /** The user and password for a proxy; empty for none. Default: always empty. */
  public Function<InetSocketAddress, Optional<PasswordAuthentication>> proxyUser() {
    return values.proxyUser;
  }

  /** Sets what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private static final int MOST_IO_THREADS = 64;
    private static final int SMALLEST_HEAD = 256;

    private WebSocketConfig webSocket = WebSocketConfig.builder().compression(true).build();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private int maxHeadBytes = 16 << 10;
    private int ioThreads =
        Math.min(4, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private HandlerThreads handlerThreads = HandlerThreads.WORKERS;
    private @Nullable SSLContext sslContext;
    private boolean hostNameCheck = true;
    private int maxRedirects = 5;
    private @Nullable ProxySelector proxySelector;
    private Function<InetSocketAddress, Optional<PasswordAuthentication>> proxyUser =
        proxy -> Optional.empty();
    private BiFunction<ClientRequest, HandshakeResponse, Optional<String>> authorization =
        (request, response) -> Optional.empty();

    private Builder() {}

    private Builder(Builder other) {
      webSocket = other.webSocket;
      connectTimeout = other.connectTimeout;
      handshakeTimeout = other.handshakeTimeout;
      maxHeadBytes = other.maxHeadBytes;
      ioThreads = other.ioThreads;
      handlerThreads = other.handlerThreads;
      sslContext = other.sslContext;
      hostNameCheck = other.hostNameCheck;
      maxRedirects = other.maxRedirects;
      proxySelector = other.proxySelector;
      proxyUser = other.proxyUser;
      authorization = other.authorization;
    }

    /** Sets {@link ClientConfig#webSocket}. */
    public Builder webSocket(WebSocketConfig value) {
      webSocket = value;
      return this;
    }

    /** Sets {@link ClientConfig#connectTimeout}, above zero. */
    public Builder connectTimeout(Duration value) {
      connectTimeout = positive("connectTimeout", value);
      return this;
    }

    /** Sets {@link ClientConfig#handshakeTimeout}, above zero. */
    public Builder handshakeTimeout(Duration value) {
      handshakeTimeout = positive("handshakeTimeout", value);
      return this;
    }

    /** Sets {@link ClientConfig#maxHeadBytes}, from 256 to 1 MiB. */
    public Builder maxHeadBytes(int value) {
      maxHeadBytes = between("maxHeadBytes", SMALLEST_HEAD, 1 << 20, value);
      return this;
    }

    /** Sets {@link ClientConfig#ioThreads}, from 1 to 64. */
    public Builder ioThreads(int value) {
      ioThreads = between("ioThreads", 1, MOST_IO_THREADS, value);
      return this;
    }

    /** Sets {@link ClientConfig#handlerThreads}. */
    public Builder handlerThreads(HandlerThreads value) {
      handlerThreads = value;
      return this;
    }

    /** Sets {@link ClientConfig#sslContext}; null for the platform's default. */
    public Builder sslContext(@Nullable SSLContext value) {
      sslContext = value;
      return this;
    }

    /** Sets {@link ClientConfig#hostNameCheck}; for tests alone there is a reason to. */
    public Builder hostNameCheck(boolean value) {
      hostNameCheck = value;
      return this;
    }

    /** Sets {@link ClientConfig#maxRedirects}, from 0 to 50. */
    public Builder maxRedirects(int value) {
      maxRedirects = between("maxRedirects", 0, 50, value);
      return this;
    }

    /** Sets {@link ClientConfig#authorization}; called by a thread that it may block. */
    public Builder authorization(
        BiFunction<ClientRequest, HandshakeResponse, Optional<String>> value) {
      authorization = value;
      return this;
    }

    /** Sets {@link ClientConfig#proxySelector}; called by a thread that it may block. */
    public Builder proxySelector(@Nullable ProxySelector value) {
      proxySelector = value;
      return this;
    }

    /** Sets {@link ClientConfig#proxyUser}; called by a thread that it may block. */
    public Builder proxyUser(Function<InetSocketAddress, Optional<PasswordAuthentication>> value) {
      proxyUser = value;
      return this;
    }

    /** The configuration. */
    public ClientConfig build() {
      return new ClientConfig(new Builder(this));
    }

    private static Duration positive(String option, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(option + " must be above zero, not " + value);
      }
      return value;
    }

    private static int between(String option, int least, int most, int value) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            option + " must be from " + least + " to " + most + ", not " + value);
      }
      return value;
    }
  }
}
