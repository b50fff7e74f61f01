package org.gonghui.demo;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.gonghui.kernel.Actor;
import org.gonghui.layout.Pages;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** While the city is being made every page says how far it is, and comes back by itself. */
@Configuration(proxyBeanMethods = false)
class DemoConfiguration implements WebMvcConfigurer {

    /** How much of the city is made, in percent. */
    record MakingPage(int percent) {}

    private final DemoCity city;
    private final Pages pages;

    DemoConfiguration(DemoCity city, Pages pages) {
        this.city = city;
        this.pages = pages;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
                            throws Exception {
                        if (city.isReady() || !(handler instanceof HandlerMethod) || isHealth(request)) {
                            return true;
                        }
                        sayHowFar(request, response);
                        return false;
                    }
                })
                .order(Ordered.HIGHEST_PRECEDENCE);
    }

    private static boolean isHealth(HttpServletRequest request) {
        return Set.of("/site/live", "/site/ready").contains(request.getRequestURI());
    }

    private void sayHowFar(HttpServletRequest request, HttpServletResponse response) throws Exception {
        response.setStatus(503);
        response.setHeader("Retry-After", "2");
        pages.portal(Actor.nobody(), "demo/making.jte", new MakingPage(city.percent()))
                .render(null, request, response);
    }
}
