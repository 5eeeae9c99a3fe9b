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

  /** Takes in applications while the container runs, and takes them away. */
  interface Deployer {
    void deploy(Path war) throws Exception;

    void undeploy(String context) throws Exception;
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

  /** For each line of standard input: {@code deploy} and a WAR, {@code undeploy} and a path. */
  void obey(Deployer deployer) {
    Thread thread = new Thread(() -> obeyAll(deployer), "deploying");
    thread.setDaemon(true);
    thread.start();
  }

  private static void obeyAll(Deployer deployer) {
    InputStreamReader input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
    try (BufferedReader lines = new BufferedReader(input)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        obey(words[0], words[1], deployer);
      }
    } catch (Exception e) {
      e.printStackTrace();
    }
  }

  private static void obey(String command, String operand, Deployer deployer) {
    try {
      if (command.equals("deploy")) {
        deployer.deploy(Path.of(operand));
      } else {
        deployer.undeploy(operand);
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
