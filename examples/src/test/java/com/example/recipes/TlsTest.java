package com.example.recipes;

import static com.example.pages.Pages.commands;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.EchoHandler;
import com.example.fixture.Client;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate made as {@code docs/recipes.md} says is one that a client can be told to trust. */
class TlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  @Test
  void a_client_that_trusts_it_connects() throws Exception {
    Path keyStore = directory.resolve("local.p12");
    runKeytool();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setConnector(secure(keyStore));
    Context context = tomcat.addContext("", null);
    Wrapper echo =
        Tomcat.addServlet(context, "echo", new WebSocketServlet(handshake -> new EchoHandler()));
    echo.setAsyncSupported(true);
    echo.addMapping("/echo");
    tomcat.start();
    try {
      URI address = URI.create("wss://localhost:" + tomcat.getConnector().getLocalPort() + "/echo");
      HttpClient http = HttpClient.newBuilder().sslContext(trusting(keyStore)).build();
      try (Client client = Client.connect(http, address)) {
        client.send("hello");
        assertThat(client.next()).isEqualTo("hello");
      }
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private void runKeytool() throws Exception {
    List<String> keytools =
        commands("docs/recipes.md").stream().filter(line -> line.startsWith("keytool ")).toList();
    assertThat(keytools).hasSize(1);
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Process process =
        new ProcessBuilder("sh", "-c", bin + "/" + keytools.get(0))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Connector secure(Path keyStore) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(keyStore.toString());
    certificate.setCertificateKeystorePassword(PASSWORD);
    host.addCertificate(certificate);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(host);
    return connector;
  }

  private static SSLContext trusting(Path keyStore) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream stored = Files.newInputStream(keyStore)) {
      store.load(stored, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("local", store.getCertificate("local"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
