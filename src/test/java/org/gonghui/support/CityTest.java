package org.gonghui.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.gonghui.GonghuiApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test within a small demonstration city: the whole application over real HTTP and a real PostgreSQL, one for all
 * tests. Tests add to the city and never count on being alone in it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = GonghuiApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"gonghui.mode=demo", "gonghui.city.unions=300", "gonghui.city.members=4000"})
@ContextConfiguration(initializers = FreshFolders.class)
@Import({TestConfiguration.class, Given.class})
public @interface CityTest {}
