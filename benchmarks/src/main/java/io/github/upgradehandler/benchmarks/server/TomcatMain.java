package io.github.upgradehandler.benchmarks.server;

import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Embedded Tomcat. */
final class TomcatMain {

  private TomcatMain() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    Path directory = Files.createTempDirectory("tomcat");
    directory.toFile().deleteOnExit();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("maxConnections", "-1"); // else 8,192
    if (settings.sendBufferBytes() > 0) {
      tomcat
          .getConnector()
          .setProperty("socket.txBufSize", Integer.toString(settings.sendBufferBytes()));
    }
    if (settings.tls()) {
      secure(tomcat.getConnector(), settings);
    }
    Context context = tomcat.addContext("", null);
    switch (settings.implementation()) {
      case UPGRADE_HANDLER -> {
        addServlet(context, "/echo", OurServlet.echo(settings));
        addServlet(context, "/broadcast", OurServlet.broadcast(settings));
        addServlet(context, "/room", OurServlet.room(settings));
        addServlet(context, "/timer", OurServlet.timer(settings));
        addServlet(context, "/events", new OurEvents(settings));
      }
      case NATIVE -> {
        JakartaEndpoints.prepare(settings, Sending.BASIC);
        if (settings.maxMessageBytes() > 0) {
          String size = Integer.toString(settings.maxMessageBytes());
          context.addParameter("org.apache.tomcat.websocket.textBufferSize", size);
          context.addParameter("org.apache.tomcat.websocket.binaryBufferSize", size);
        }
        context.addServletContainerInitializer(
            new org.apache.tomcat.websocket.server.WsSci(), JakartaEndpoints.scanned());
        addServlet(context, "/events", new AsyncEvents(settings));
        // A filter alone answers nothing: there must be a servlet behind.
        addServlet(context, "/", new DefaultServlet());
      }
      case SOCKET_IO -> addServlet(context, "/socket.io/*", new OurSocketIo(settings));
      case UPGRADE_HANDLER_CHANNELS, SOCKET_IO_NATIVE -> throw settings.unknown();
      case TYRUS -> {
        JakartaEndpoints.prepare(settings, Sending.BASIC);
        context.addServletContainerInitializer(
            new org.glassfish.tyrus.servlet.TyrusServletContainerInitializer(),
            JakartaEndpoints.scanned());
        addServlet(context, "/", new DefaultServlet());
      }
    }
    tomcat.start();
    Supervision.serve(tomcat.getConnector().getLocalPort(), tomcat::stop);
  }

  private static void secure(Connector connector, Settings settings) {
    SSLHostConfig tls = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(settings.keyStore());
    certificate.setCertificateKeystorePassword(Settings.KEY_STORE_PASSWORD);
    tls.addCertificate(certificate);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(tls);
  }

  private static void addServlet(Context context, String path, Servlet servlet) {
    Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping(path);
  }
}
