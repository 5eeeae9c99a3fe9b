package com.example.springjetty;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beside the application's package, so that Tomcat's test does not find it. */
@Configuration(proxyBeanMethods = false)
public class JettyConfiguration {

  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> upgradeInput() {
    return factory ->
        factory.addServerCustomizers(server -> server.insertHandler(new UpgradeInputHandler()));
  }
}
