module com.example.server {
  requires io.github.upgradehandler;
  requires java.management;
  requires java.net.http;
  requires org.eclipse.jetty.ee10.servlet;

  // Makes the handler that an init-param names.
  exports com.example.server to
      io.github.upgradehandler;
}
