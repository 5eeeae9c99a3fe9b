package io.github.upgradehandler.benchmarks.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What a server is told, by its arguments.
 *
 * @param implementation whose WebSocket it speaks
 * @param maxMessageBytes the largest message; 0 for what the implementation has by default
 * @param compression whether permessage-deflate is agreed on with clients that offer it
 * @param sendBufferBytes of each connection; 0 for what the system chooses
 * @param pingSeconds between two pings to a connection that is quiet; 0 for none
 * @param contextTakeover whether messages that are compressed build on those before
 * @param keyStore a PKCS 12 file for TLS, with {@link #KEY_STORE_PASSWORD}; empty without
 * @param paceMillis between two messages that it sends to all by itself; 0 for none
 * @param redis the URI of what makes it one with other nodes; empty if it is alone
 * @param logged whether what they tell each other stands in a log
 */
public record Settings(
    Implementation implementation,
    int maxMessageBytes,
    boolean compression,
    int sendBufferBytes,
    int pingSeconds,
    boolean contextTakeover,
    String keyStore,
    int paceMillis,
    String redis,
    boolean logged) {

  /** Of what is made for a run and thrown away after it. */
  public static final String KEY_STORE_PASSWORD = "benchmarks";

  private static final String TIMED = "t".repeat(64);

  /** Without anything special. */
  static Settings plain(Implementation implementation) {
    return new Settings(implementation, 0, false, 0, 0, false, "", 0, "", false);
  }

  static Settings of(String[] arguments) {
    return new Settings(
        Implementation.valueOf(arguments[0]),
        Integer.parseInt(arguments[1]),
        Boolean.parseBoolean(arguments[2]),
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]),
        Boolean.parseBoolean(arguments[5]),
        arguments[6],
        Integer.parseInt(arguments[7]),
        arguments[8],
        Boolean.parseBoolean(arguments[9]));
  }

  /** Whether it is one with other nodes. */
  boolean isShared() {
    return !redis.isEmpty();
  }

  boolean tls() {
    return !keyStore.isEmpty();
  }

  /** Pings, by a thread of the application's own. */
  void everyPing(Runnable pings) {
    Timer.every(Duration.ofSeconds(pingSeconds), pings);
  }

  /** What is sent to all at a steady pace, by a thread of the application's own. */
  void everyPace(Consumer<String> broadcast) {
    Timer.every(Duration.ofMillis(paceMillis), () -> broadcast.accept(TIMED));
  }

  /** For containers that take a context as it is. */
  SSLContext sslContext() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(Path.of(keyStore).toFile(), password());
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, password());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static char[] password() {
    return KEY_STORE_PASSWORD.toCharArray();
  }

  IllegalArgumentException unknown() {
    return new IllegalArgumentException(implementation + " is not to be had on this container");
  }
}
