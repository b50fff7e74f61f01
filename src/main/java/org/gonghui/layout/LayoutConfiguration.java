package org.gonghui.layout;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.time.Duration;
import org.springframework.boot.web.server.MimeMappings;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The template engine over the compiled templates, and the static files with a long life in browsers. */
@Configuration(proxyBeanMethods = false)
class LayoutConfiguration implements WebMvcConfigurer {

    @Bean
    TemplateEngine templateEngine() {
        TemplateEngine engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, LayoutConfiguration.class.getClassLoader(), "org.gonghui");
        engine.setBinaryStaticContent(true);
        return engine;
    }

    /** Static files that are text say in which characters. */
    @Bean
    static WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> typesOfText() {
        var types = new MimeMappings();
        types.add("css", "text/css;charset=UTF-8");
        types.add("js", "text/javascript;charset=UTF-8");
        types.add("svg", "image/svg+xml;charset=UTF-8");
        return factory -> factory.addMimeMappings(types);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        CacheControl forGood =
                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
        registry.addResourceHandler("/static/**")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(forGood);
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(forGood);
    }
}
