package com.example.migrating.spring;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class ServletConfiguration {

  @Bean
  ServletRegistrationBean<WebSocketServlet> chat() {
    WebSocketConfig config =
        WebSocketConfig.builder().allowedOrigins(List.of("https://app.example")).build();
    ChatHandler handler = new ChatHandler();
    return new ServletRegistrationBean<>(
        new WebSocketServlet(config, handshake -> handler), "/chat");
  }
}
