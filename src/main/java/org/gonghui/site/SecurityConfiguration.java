package org.gonghui.site;

import org.gonghui.access.CurrentActor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;

/** The chain that every request but the static files passes: who it is, no forged forms, nothing kept by caches. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http, CurrentActor currentActor, @Value("${gonghui.public-url}") String publicUrl) {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax").secure(publicUrl.startsWith("https:")));
        var token = new XorCsrfTokenRequestAttributeHandler();
        token.setCsrfRequestAttributeName(null); // the cookie is written with the first page, not at the first form
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens)
                        .csrfTokenRequestHandler(token)
                        .ignoringRequestMatchers(CurrentActor::isProgram))
                .addFilterBefore(currentActor, CsrfFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.anyRequest().permitAll()) // @May decides, handler by handler
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .headers(headers ->
                        headers.defaultsDisabled().cacheControl(Customizer.withDefaults())) // see StrictHeaders
                .build();
    }

    /** Static files, health and the plain answer that benchmarks compare with stand outside the chain. */
    @Bean
    WebSecurityCustomizer outsideTheChain() {
        return web ->
                web.ignoring().requestMatchers("/static/**", "/webjars/**", "/site/live", "/site/ready", "/site/hello");
    }

    /** The filter belongs to the chain only; Boot would register it for every request a second time. */
    @Bean
    FilterRegistrationBean<CurrentActor> onlyInTheChain(CurrentActor currentActor) {
        var registration = new FilterRegistrationBean<>(currentActor);
        registration.setEnabled(false);
        return registration;
    }

    /** There are no users of Spring Security's own: without this bean it would invent one and print a password. */
    @Bean
    UserDetailsService noUsers() {
        return name -> {
            throw new UsernameNotFoundException("accounts live in access");
        };
    }
}
