package io.github.upgradehandler.deployment;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Innermost;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.logging.StacklessLogging;
import org.eclipse.jetty.server.Server;

/** The containers, and what an administrator sees of a deployment that fails. */
enum Deploying {
  JETTY {
    @Override
    List<String> seen(Mapped servlet) throws Exception {
      ServletContextHandler context = new ServletContextHandler("/");
      context.setClassLoader(servlet.loader());
      ServletHolder holder = new ServletHolder(servlet.name(), servlet.type());
      holder.setInitParameters(servlet.params());
      context.addServlet(holder, servlet.path());
      servlet.initializers().forEach(context::addServletContainerInitializer);
      Server server = new Server();
      server.setHandler(new UpgradeInputHandler(context));
      try (StacklessLogging unused = new StacklessLogging(ServletHolder.class)) {
        return thrown(server::start);
      } finally {
        server.stop();
      }
    }
  },
  /** Throws nothing, but logs it and leaves the web application stopped. */
  TOMCAT {
    @Override
    List<String> seen(Mapped servlet) throws Exception {
      StandardContext context = new StandardContext();
      context.setName("wrong");
      context.setPath("/wrong");
      context.addLifecycleListener(new Tomcat.FixContextListener());
      context.setParentClassLoader(servlet.loader());
      Wrapper wrapper = context.createWrapper();
      wrapper.setName(servlet.name());
      wrapper.setServletClass(servlet.className());
      servlet.params().forEach(wrapper::addInitParameter);
      context.addChild(wrapper);
      wrapper.addMapping(servlet.path());
      servlet.initializers().forEach(each -> context.addServletContainerInitializer(each, null));
      Path base = Files.createTempDirectory("tomcat");
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(base.toString());
      tomcat.getHost().addChild(context);
      try (CapturedLog log = CapturedLog.ofTomcat()) {
        tomcat.start();
        boolean deployed = context.getState().isAvailable();
        tomcat.stop();
        tomcat.destroy();
        return deployed ? List.of() : log.innermost();
      }
    }
  },
  UNDERTOW {
    @Override
    List<String> seen(Mapped servlet) throws Exception {
      ServletInfo info = Servlets.servlet(servlet.name(), servlet.type());
      servlet.params().forEach(info::addInitParam);
      DeploymentInfo deployment =
          Servlets.deployment()
              .setDeploymentName("wrong")
              .setContextPath("/wrong")
              .setClassLoader(servlet.loader())
              .addServlet(info.addMapping(servlet.path()));
      servlet
          .initializers()
          .map(each -> new ServletContainerInitializerInfo(each.getClass(), Set.of()))
          .forEach(deployment::addServletContainerInitializer);
      return thrown(() -> Servlets.newContainer().addDeployment(deployment).deploy());
    }
  };

  /** Deploys it, and gives the messages of the innermost causes; none if it is deployed. */
  abstract List<String> seen(Mapped servlet) throws Exception;

  private static List<String> thrown(ThrowingCallable deployment) {
    Throwable thrown = catchThrowable(deployment);
    return thrown == null ? List.of() : List.of(Innermost.of(thrown).getMessage());
  }
}
