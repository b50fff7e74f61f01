package org.gonghui.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives every handler its actor and lets only those in who may call it. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {

    private final boolean demonstration;

    AccessConfiguration(@Value("${gonghui.mode}") String mode) {
        this.demonstration = "demo".equals(mode);
    }

    @Bean
    static CurrentActor currentActor(Sessions sessions) {
        return new CurrentActor(sessions);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == Actor.class;
            }

            @Override
            public Actor resolveArgument(
                    MethodParameter parameter,
                    @Nullable ModelAndViewContainer container,
                    NativeWebRequest request,
                    @Nullable WebDataBinderFactory binders) {
                return CurrentActor.of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
            }
        });
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Doorkeeper());
    }

    /** Stands before every handler: who may not call it is sent to sign in, or gets a plain no. */
    private final class Doorkeeper implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
                throws IOException {
            if (!(handler instanceof HandlerMethod method)) {
                return true;
            }
            May may = method.getMethodAnnotation(May.class);
            if (may == null) {
                // Spring's own error endpoint and the description of the API are the only handlers that are not ours.
                String owner = method.getBeanType().getName();
                if (owner.startsWith("org.springframework.") || owner.startsWith("org.springdoc.")) {
                    return true;
                }
                response.sendError(HttpStatus.FORBIDDEN.value());
                return false;
            }
            Actor actor = CurrentActor.of(request);
            if (may.value() == Right.DEVELOPMENT && !demonstration) {
                response.sendError(HttpStatus.NOT_FOUND.value());
                return false;
            }
            if (!CurrentActor.scope(request).map(of -> of.carries(may.value())).orElse(true)) {
                throw new Refused(AccessRefusal.TOKEN_LACKS_RIGHT, may.value().name());
            }
            if (actor.may(may.value())) {
                if (may.confirmed() && !CurrentActor.isConfirmed(request)) {
                    throw new Refused(AccessRefusal.CONFIRM_FIRST);
                }
                return true;
            }
            if (actor.isSignedIn()) {
                response.sendError(HttpStatus.FORBIDDEN.value());
            } else if (request.getRequestURI().startsWith("/api/")) {
                response.sendError(HttpStatus.UNAUTHORIZED.value());
            } else {
                String back = "GET".equals(request.getMethod()) ? address(request) : "";
                String door = request.getRequestURI().startsWith("/desk") ? "/sign-in" : "/sign-in/phone";
                response.sendRedirect(door + (back.isEmpty() ? "" : "?to=" + back));
            }
            return false;
        }

        private static String address(HttpServletRequest request) {
            String query = request.getQueryString();
            String address = request.getRequestURI() + (query == null ? "" : "?" + query);
            return URLEncoder.encode(address, StandardCharsets.UTF_8);
        }
    }
}
