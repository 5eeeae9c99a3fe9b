import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Embedded Tomcat with one WAR: TomcatMain PORT CONTEXT WAR DIRECTORY, until SIGTERM. */
final class TomcatMain {

  private TomcatMain() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[3]).toAbsolutePath();
    Files.createDirectories(directory.resolve("webapps"));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(Integer.parseInt(args[0]));
    tomcat.getConnector();
    tomcat.setAddDefaultWebXmlToWebapp(false); // it has Jasper, which is not here
    Context context = tomcat.addWebapp(args[1], Path.of(args[2]).toAbsolutePath().toString());
    Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
    context.addServletMappingDecoded("/", "default");
    tomcat.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
    tomcat.getServer().await();
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
    } catch (Exception e) {
      e.printStackTrace();
    }
  }
}
