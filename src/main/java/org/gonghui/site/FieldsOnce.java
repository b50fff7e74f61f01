package org.gonghui.site;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A field is sent once, in the address or in the body, unless its handler takes several. Sent twice it would be joined, or the first
 * would count here and the last somewhere else: none of our pages does it. What a handler does not read it may lead on as it came.
 */
@Component
class FieldsOnce implements HandlerInterceptor, WebMvcConfigurer {

    private final Map<Method, Set<String>> once = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // A form that was refused goes on to the page that shows it: it was looked at when it came.
        if (handler instanceof HandlerMethod method && request.getDispatcherType() == DispatcherType.REQUEST) {
            Set<String> readOnce = once.computeIfAbsent(method.getMethod(), key -> readOnce(method));
            request.getParameterMap().forEach((name, values) -> {
                if (values.length > 1 && readOnce.contains(name)) {
                    throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
                }
            });
        }
        return true;
    }

    private static Set<String> readOnce(HandlerMethod method) {
        return Stream.concat(
                        Stream.of("shownAt", "_csrf"),
                        Arrays.stream(method.getMethodParameters()).flatMap(FieldsOnce::names))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The name of a parameter, or those in one that is a record, without lists. */
    private static Stream<String> names(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        if (isSeveral(type)) {
            return Stream.empty();
        }
        if (parameter.hasParameterAnnotation(RequestParam.class)) {
            String named = Optional.ofNullable(parameter.getParameterAnnotation(RequestParam.class))
                    .map(RequestParam::name)
                    .orElse("");
            return Stream.of(named.isEmpty() ? parameter.getParameter().getName() : named);
        }
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> !isSeveral(component.getType()))
                        .map(RecordComponent::getName)
                : Stream.empty();
    }

    private static boolean isSeveral(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || type.isArray();
    }
}
