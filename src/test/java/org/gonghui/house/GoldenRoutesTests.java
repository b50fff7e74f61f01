package org.gonghui.house;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.gonghui.kernel.May;
import org.gonghui.support.CityTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every address, its method, who may, and the handler, in one reviewed file. */
@CityTest
class GoldenRoutesTests {

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void everyRouteIsReviewed() throws IOException {
        List<String> lines = requestMappingHandlerMapping.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getValue().getBeanType().getName().startsWith("org.gonghui"))
                .flatMap(entry -> lines(entry).stream())
                .sorted()
                .toList();
        Golden.compare("routes.txt", String.join("\n", lines) + "\n");
    }

    private static List<String> lines(Map.Entry<RequestMappingInfo, HandlerMethod> entry) {
        RequestMappingInfo route = entry.getKey();
        HandlerMethod handler = entry.getValue();
        String method = route.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining(","));
        May may = Objects.requireNonNull(handler.getMethodAnnotation(May.class));
        return route.getPatternValues().stream()
                .map(pattern -> "%-42s %-5s %-12s %s.%s"
                        .formatted(
                                pattern,
                                method.isEmpty() ? "ANY" : method,
                                may.value() + (may.confirmed() ? ",CONFIRMED" : ""),
                                handler.getBeanType().getSimpleName(),
                                handler.getMethod().getName()))
                .toList();
    }
}
