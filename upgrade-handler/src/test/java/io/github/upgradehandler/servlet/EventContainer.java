package io.github.upgradehandler.servlet;

import io.undertow.servlet.Servlets;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.Map;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.FilterHolder;

/** The containers that event streams are tried on. */
enum EventContainer {
  JETTY {
    @Override
    RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
        throws Exception {
      return new ServletServer(servlet, PATH, initParams);
    }

    @Override
    RunningServer start(EventStreamServlet servlet, Filter filter, boolean asyncSupported)
        throws Exception {
      return new ServletServer(
          servlet,
          PATH,
          Map.of(),
          context -> {
            FilterHolder holder = new FilterHolder(filter);
            holder.setName(FILTER);
            holder.setAsyncSupported(asyncSupported);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
          });
    }
  },
  TOMCAT {
    @Override
    RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
        throws Exception {
      return new TomcatServer(servlet, PATH, initParams);
    }

    @Override
    RunningServer start(EventStreamServlet servlet, Filter filter, boolean asyncSupported)
        throws Exception {
      return behind(filter, asyncSupported, servlet, TomcatServer.Kind.NIO);
    }
  },
  TOMCAT_NIO2 {
    @Override
    RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
        throws Exception {
      return new TomcatServer(servlet, PATH, initParams, TomcatServer.Kind.NIO2);
    }

    @Override
    RunningServer start(EventStreamServlet servlet, Filter filter, boolean asyncSupported)
        throws Exception {
      return behind(filter, asyncSupported, servlet, TomcatServer.Kind.NIO2);
    }
  },
  UNDERTOW {
    @Override
    RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
        throws Exception {
      return new UndertowServer(servlet, PATH, initParams);
    }

    @Override
    RunningServer start(EventStreamServlet servlet, Filter filter, boolean asyncSupported)
        throws Exception {
      return UndertowServer.deploying(
          servlet,
          PATH,
          Map.of(),
          deployment ->
              deployment
                  .addFilter(
                      Servlets.filter(
                              FILTER, filter.getClass(), new ImmediateInstanceFactory<>(filter))
                          .setAsyncSupported(asyncSupported))
                  .addFilterUrlMapping(FILTER, "/*", DispatcherType.REQUEST));
    }
  };

  /** Where the stream is. */
  static final String PATH = "/events";

  /** The name of the filter in front of it. */
  static final String FILTER = "in-front";

  abstract RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
      throws Exception;

  /** With a filter in front of the servlet. */
  abstract RunningServer start(EventStreamServlet servlet, Filter filter, boolean asyncSupported)
      throws Exception;

  private static RunningServer behind(
      Filter filter, boolean asyncSupported, EventStreamServlet servlet, TomcatServer.Kind kind)
      throws Exception {
    return new TomcatServer(
        servlet,
        PATH,
        Map.of(),
        kind,
        context -> {
          FilterDef definition = new FilterDef();
          definition.setFilterName(FILTER);
          definition.setFilter(filter);
          definition.setFilterClass(filter.getClass().getName());
          definition.setAsyncSupported(Boolean.toString(asyncSupported));
          context.addFilterDef(definition);
          FilterMap map = new FilterMap();
          map.setFilterName(FILTER);
          map.addURLPattern("/*");
          context.addFilterMap(map);
        });
  }
}
