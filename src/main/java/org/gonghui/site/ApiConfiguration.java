package org.gonghui.site;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.kernel.UnionId;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;

/** The description of the API for programs, at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    private static final String BEARER = "bearer";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Actor.class)
                .replaceWithSchema(UnionId.class, new StringSchema().format("uuid"));
    }

    @Bean
    OpenAPI description(@Value("${gonghui.public-url}") String publicUrl) {
        return new OpenAPI()
                .info(new Info()
                        .title("Gonghui 工会")
                        .version("v1")
                        .description("Errors are problem+json (RFC 9457). Days are ISO 8601. Lists go on with ?after=."
                                + " A token carries the rights with which it was made (x-right says which an"
                                + " operation needs), as long as its owner has them; without it the answer is"
                                + " 403, urn:gonghui:refusal.access.token-lacks-right."))
                .servers(List.of(new Server().url(publicUrl)))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme(BEARER)));
    }

    /** Says of each operation who may call it, and that creating ones need a key. */
    @Bean
    OperationCustomizer whoMay() {
        return (operation, handler) -> {
            May may = handler.getMethodAnnotation(May.class);
            if (may == null || may.value() == Right.PUBLIC) {
                return operation;
            }
            operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
            operation.addExtension("x-right", may.value().name());
            if (handler.hasMethodAnnotation(PostMapping.class)) {
                operation.addParametersItem(new Parameter()
                        .in("header")
                        .name("Idempotency-Key")
                        .required(true)
                        .schema(new StringSchema().maxLength(100)));
            }
            return operation;
        };
    }
}
