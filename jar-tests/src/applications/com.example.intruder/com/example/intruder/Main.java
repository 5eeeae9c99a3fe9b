package com.example.intruder;

import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.protocol.Sender;
import io.github.upgradehandler.internal.sse.EventStream;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.servlet.container.ContainerAdapter;
import io.github.upgradehandler.servlet.glassfish.GlassFishAdapter;
import io.github.upgradehandler.servlet.jetty.JettyAdapter;
import io.github.upgradehandler.servlet.liberty.LibertyAdapter;
import io.github.upgradehandler.servlet.tomcat.TomcatAdapter;
import io.github.upgradehandler.servlet.undertow.UndertowAdapter;
import java.util.List;

/** Uses a class of each package that is not for applications. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.out.println(
        List.of(
            ConnectionGroup.class,
            PermessageDeflate.class,
            FrameReader.class,
            Sender.class,
            EventStream.class,
            Workers.class,
            ContainerAdapter.class,
            GlassFishAdapter.class,
            JettyAdapter.class,
            LibertyAdapter.class,
            TomcatAdapter.class,
            UndertowAdapter.class));
  }
}
