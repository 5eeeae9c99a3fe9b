import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a container is started with: PORT SECURE_PORT KEYSTORE PASSWORD DIRECTORY WAR... */
record Launch(
    int port, int securePort, Path keystore, String password, Path directory, List<Path> wars) {

  /** Takes away the application at a context path. */
  interface Undeployment {
    void of(String context) throws Exception;
  }

  static Launch of(String[] args) {
    return new Launch(
        Integer.parseInt(args[0]),
        Integer.parseInt(args[1]),
        Path.of(args[2]),
        args[3],
        Path.of(args[4]),
        Arrays.stream(args).skip(5).map(Path::of).toList());
  }

  static String context(Path war) {
    return "/" + war.getFileName().toString().replace(".war", "");
  }

  /** For each context path that comes as a line of standard input. */
  void undeployOnDemand(Undeployment undeployment) {
    Thread thread = new Thread(() -> undeployAll(undeployment), "undeploying");
    thread.setDaemon(true);
    thread.start();
  }

  private static void undeployAll(Undeployment undeployment) {
    InputStreamReader input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
    try (BufferedReader lines = new BufferedReader(input)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        undeployment.of(line);
      }
    } catch (Exception e) {
      e.printStackTrace();
    }
  }

  SSLContext tls() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = new FileInputStream(keystore.toFile())) {
      keys.load(file, password.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
