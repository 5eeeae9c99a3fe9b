import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;

/** Embedded Tomcat, until SIGTERM. */
final class TomcatMain {

  private TomcatMain() {}

  public static void main(String[] args) throws Exception {
    Launch launch = Launch.of(args);
    Files.createDirectories(launch.directory().resolve("webapps"));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(launch.directory().toString());
    tomcat.setPort(launch.port());
    tomcat.getConnector();
    tomcat.getService().addConnector(secure(launch));
    tomcat.setAddDefaultWebXmlToWebapp(false); // it has Jasper, which is not here
    for (Path war : launch.wars()) {
      Context context = tomcat.addWebapp(Launch.context(war), war.toString());
      Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
      context.addServletMappingDecoded("/", "default");
    }
    tomcat.start();
    launch.obey(
        new Launch.Deployer() {
          @Override
          public void deploy(Path war) {
            tomcat.addWebapp(Launch.context(war), war.toString());
          }

          @Override
          public void undeploy(String context) {
            tomcat.getHost().removeChild(tomcat.getHost().findChild(context));
          }
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
    tomcat.getServer().await();
  }

  static Connector secure(Launch launch) {
    SSLHostConfig config = new SSLHostConfig();
    SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(config, Type.RSA);
    certificate.setCertificateKeystoreFile(launch.keystore().toString());
    certificate.setCertificateKeystorePassword(launch.password());
    config.addCertificate(certificate);
    Connector connector = new Connector();
    connector.setPort(launch.securePort());
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(config);
    return connector;
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
    } catch (Exception e) {
      e.printStackTrace();
    }
  }
}
