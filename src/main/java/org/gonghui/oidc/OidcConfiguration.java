package org.gonghui.oidc;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.gonghui.access.OtherWay;
import org.gonghui.kernel.CannotStart;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The provider that the environment names; without one, nothing here is offered. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${GONGHUI_OIDC_ISSUER:}${GONGHUI_OIDC_CLIENT_ID:}${GONGHUI_OIDC_CLIENT_SECRET:}' != ''")
class OidcConfiguration {

    @Bean
    Provider provider(
            @Value("${GONGHUI_OIDC_ISSUER:}") String issuer,
            @Value("${GONGHUI_OIDC_CLIENT_ID:}") String clientId,
            @Value("${GONGHUI_OIDC_CLIENT_SECRET:}") String secret,
            @Value("${GONGHUI_OIDC_NAME:}") String name,
            @Value("${GONGHUI_OIDC_CLAIM:sub}") String claim,
            @Value("${gonghui.public-url}") String publicUrl,
            InstantSource machineTime) {
        var provider = new Provider(settings(issuer, clientId, secret, name, claim, publicUrl), machineTime);
        provider.meet();
        return provider;
    }

    /** Checked before anything is asked for over the network. */
    static Provider.Settings settings(
            String issuer, String clientId, String secret, String name, String claim, String publicUrl) {
        if (List.of(issuer, clientId, secret).stream().anyMatch(String::isBlank)) {
            throw new CannotStart("GONGHUI_OIDC_ISSUER, GONGHUI_OIDC_CLIENT_ID and GONGHUI_OIDC_CLIENT_SECRET belong"
                    + " together: name all three or none");
        }
        URI address = address(issuer);
        return new Provider.Settings(
                issuer,
                clientId,
                secret,
                name.isBlank() ? address.getHost() : name,
                claim.isBlank() ? "sub" : claim,
                publicUrl + OidcPages.CALLBACK);
    }

    private static URI address(String issuer) {
        try {
            URI address = URI.create(issuer);
            if (Provider.isTrusted(address)) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // falls through: what is wrong is the same for its reader
        }
        throw new CannotStart("GONGHUI_OIDC_ISSUER is not an address that begins with https://: " + issuer);
    }

    @Bean
    OtherWay byProvider(Provider provider) {
        return new OtherWay(provider.name(), OidcPages.BEGIN, OidcPages.TYING);
    }
}
