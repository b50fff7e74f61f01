package org.gonghui.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Set;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refusal;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Repository;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The house's rules, kept by the build and not by memory. */
@AnalyzeClasses(packages = "org.gonghui", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTests {

    private static final DescribedPredicate<JavaClass> WRITTEN_BY_US = DescribedPredicate.describe(
            "written by us", type -> !type.getSimpleName().startsWith("Jte"));

    private static final Set<String> IN_TRANSACTION = Set.of(
            "Approvals.answered",
            "Links.moved",
            "MovingUnions.moved",
            "MovingUnions.merging",
            "MovingUnions.dissolving",
            "Employers.merging",
            "Employers.dissolving",
            "Groupings.moved",
            "Groupings.merging",
            "Groupings.dissolving",
            "Telling.decided",
            "Telling.foundingApplied",
            "Telling.foundingDecided",
            "Telling.transferred",
            "Telling.appointed",
            "Telling.appointmentEnded",
            "Telling.handedOver",
            "Telling.credentialsChanged",
            "OutsideSignIn.renewed",
            "Telling.failed",
            "Telling.differs");

    @ArchTest
    static final ArchRule kernelImportsTheJdkOnly = classes()
            .that()
            .resideInAPackage("..kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "org.gonghui.kernel..");

    @ArchTest
    static final ArchRule jdbcOnlyInStores = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Store")
            .and()
            .resideOutsideOfPackages("..database..", "..access..")
            // site tells by its exception that the database is away
            .and()
            .doNotHaveFullyQualifiedName("org.gonghui.site.Errors")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.postgresql..");

    /**
     * Listening within the sender's transaction is for what must never differ from what it tells of: these and no others.
     */
    @ArchTest
    static final ArchRule listenersInTheSendersTransaction = methods()
            .that()
            .areAnnotatedWith(EventListener.class)
            .should(ArchConditions.be(DescribedPredicate.describe(
                    "one of those named here",
                    method -> IN_TRANSACTION.contains(method.getOwner().getSimpleName() + "." + method.getName()))));

    @ArchTest
    static final ArchRule webOnlyAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("..layout..", "..access..", "..site..")
            .and(DescribedPredicate.describe(
                    "not a page, a desk, an API or a configuration",
                    type -> !outermost(type).matches(".*(Pages|Desk|Api|Configuration)")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..", "org.springframework.http..");

    @ArchTest
    static final ArchRule controllersAreHidden = classes()
            .that()
            .areAnnotatedWith(Controller.class)
            .or()
            .areAnnotatedWith(RestController.class)
            .or()
            .areAnnotatedWith(Repository.class)
            .or()
            .implement(Refusal.class)
            .should()
            .notBePublic()
            .because("only facades, ids, summaries and events are seen from outside");

    @ArchTest
    static final ArchRule everyHandlerSaysWhoMay =
            methods().that().areMetaAnnotatedWith(RequestMapping.class).should().beAnnotatedWith(May.class);

    @ArchTest
    static final ArchRule noGrabBags = noClasses()
            .that(WRITTEN_BY_US)
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("DTO")
            .orShould()
            .haveSimpleNameEndingWith("VO")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Mapper");

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(java.time.LocalDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule verbsAreDomainVerbs = noMethods()
            .that()
            .areDeclaredInClassesThat(WRITTEN_BY_US)
            .should()
            .haveNameMatching("(handle|process|execute)([A-Z].*)?");

    @ArchTest
    static final ArchRule nothingIsKeptInStatics = noClasses()
            .that(WRITTEN_BY_US)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.springframework.security.core.context.SecurityContextHolder")
            .because("the actor is an argument, never ambient");

    /** Commands, code, objects and names that come from outside: whoever runs one of these runs what somebody sent. */
    @ArchTest
    static final ArchRule nothingRunsWhatSomebodySent = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.script..", "javax.naming..", "org.springframework.expression..");

    @ArchTest
    static final ArchRule chanceIsForNoSecret = noClasses()
            .that()
            .resideOutsideOfPackage("..demo..")
            // a free port, the time to try again, the id of a request: nothing is lost when somebody guesses them
            .and()
            .doNotHaveFullyQualifiedName("org.gonghui.database.Ports")
            .and()
            .doNotHaveFullyQualifiedName("org.gonghui.site.Overload")
            .and()
            .doNotHaveFullyQualifiedName("org.gonghui.site.RequestLog")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule figuresHaveOneDoor = noClasses()
            .that()
            .resideInAPackage("..figure..")
            .and(DescribedPredicate.describe(
                    "outside that door", type -> !outermost(type).equals("KnownFigures")))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.gonghui.measure.Counters")
            .because("what points at a few people is taken out there");

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseRulesTests::outermost).orElse(type.getSimpleName());
    }
}
