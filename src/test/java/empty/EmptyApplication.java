package empty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a start is compared with: the platform's libraries and its database, and one page that says nothing. */
@SpringBootApplication(scanBasePackages = "org.gonghui.database")
@Import(EmptyApplication.Page.class)
public class EmptyApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(EmptyApplication.class, arguments);
    }

    @Bean
    SecurityFilterChain open(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @RestController
    static class Page {

        @GetMapping("/sign-in")
        String page() {
            return "empty";
        }
    }
}
