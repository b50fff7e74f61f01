package org.gonghui.demo;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gonghui.access.Accounts;
import org.gonghui.access.Role;
import org.gonghui.audit.Audit;
import org.gonghui.database.TransactionLocks;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.CannotStart;
import org.gonghui.kernel.CityClock;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Members;
import org.gonghui.org.Unions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the demonstration city on the first start, all of it or nothing, and lets its time go on where it stopped. Guards
 * the border: a real city is never opened in demonstration mode, nor a demonstration city as a real one.
 */
@Component
@EnableConfigurationProperties(DemoCity.Size.class)
@Order(0) // before the city is said to be open, or to want its first administrator
class DemoCity implements ApplicationRunner, SmartInitializingSingleton {

    /** One sign-in that is laid open: what its owner does is told by the message {@code demo.sign-in.<name>}. */
    record OpenSignIn(String login, Role role) {}

    static final List<OpenSignIn> SIGN_INS = List.of(
            new OpenSignIn("city@demo", Role.CITY_OFFICER),
            new OpenSignIn("district@demo", Role.DISTRICT_OFFICER),
            new OpenSignIn("street@demo", Role.STREET_OFFICER),
            new OpenSignIn("base@demo", Role.BASE_OFFICER),
            new OpenSignIn("auditor@demo", Role.AUDITOR),
            new OpenSignIn("member@demo", Role.MEMBER));

    static final String PASSWORD = "gonghui-demo-2023";

    /**
     * How big the city is made.
     *
     * @param waiting how many more than usual wait to be approved
     */
    @ConfigurationProperties("gonghui.city")
    record Size(int unions, int members, int waiting) {}

    private static final Logger LOG = LoggerFactory.getLogger(DemoCity.class);

    /** Thursday 28 December 2023, 9:00 in Asia/Shanghai: the demonstration's year is nearly over. */
    private static final Instant OPENING_DAY = Instant.parse("2023-12-28T01:00:00Z");

    private static final List<String> NAMES = List.of("方知远", "林若川", "周以宁", "陈嘉禾", "许明衡", "高小满");
    private static final String SECRETS = "GONGHUIDEMONSTRATIONCITYSECRET2";

    private final Unions unions;
    private final Members members;
    private final Applicants applicants;
    private final DemoGroupings groupings;
    private final DemoEmployers employers;
    private final DemoMeetings meetings;
    private final DemoDoubles doubles;
    private final Accounts accounts;
    private final Audit audit;
    private final CityClock clock;
    private final TransactionLocks locks;
    private final TransactionTemplate transaction;
    private final boolean demonstration;
    private final Size size;
    private final String publicUrl;
    private volatile int percent;
    private volatile boolean ready;

    DemoCity(
            Unions unions,
            Members members,
            Applicants applicants,
            DemoGroupings groupings,
            DemoEmployers employers,
            DemoMeetings meetings,
            DemoDoubles doubles,
            Accounts accounts,
            Audit audit,
            CityClock clock,
            TransactionLocks locks,
            TransactionTemplate transaction,
            @Value("${gonghui.mode}") String mode,
            Size size,
            @Value("${gonghui.public-url}") String publicUrl) {
        this.unions = unions;
        this.members = members;
        this.applicants = applicants;
        this.groupings = groupings;
        this.employers = employers;
        this.meetings = meetings;
        this.doubles = doubles;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
        this.locks = locks;
        this.transaction = transaction;
        this.demonstration = "demo".equals(mode);
        this.size = size;
        this.publicUrl = publicUrl;
    }

    /** False while the city is being made. */
    boolean isReady() {
        return ready;
    }

    /** How much of the city is made, in percent. */
    int percent() {
        return percent;
    }

    @Override
    public void afterSingletonsInstantiated() {
        boolean isDemoCity = accounts.exists(SIGN_INS.getFirst().login());
        if (!demonstration) {
            if (isDemoCity) {
                throw new CannotStart(
                        "This data folder holds the demonstration city, whose passwords everyone knows. Choose another.");
            }
            ready = true;
            return;
        }
        if (!isDemoCity && !accounts.isEmpty()) {
            throw new CannotStart("This data folder holds a real city: it is not opened in demonstration mode.");
        }
        clock.goOnFrom(audit.lastAt().orElse(OPENING_DAY));
        ready = isDemoCity;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!demonstration) {
            return;
        }
        if (!ready) {
            make();
        }
        SIGN_INS.forEach(each -> LOG.info("  {}  password {}", "%-14s".formatted(each.login()), PASSWORD));
        LOG.info("  second factor: {}/site/development", publicUrl);
    }

    private void make() {
        long begun = System.nanoTime();
        LOG.info("Making the demonstration city 正在建演示城市: {} unions, {} members", size.unions(), size.members());
        CityPlan plan = CityPlan.of(size.unions());
        Actor platform = Actor.platform("demonstration");
        transaction.executeWithoutResult(status -> {
            locks.alone("demo.city");
            if (accounts.exists(SIGN_INS.getFirst().login())) {
                return; // another node has made it meanwhile
            }
            unions.establish(platform, plan.unions());
            percent = 2;
            if (size.members() > 0) {
                var made = new AtomicInteger();
                // Each person is made twice: once for the person's row, once for the membership.
                int work = size.members() * 2;
                var rosters = new Rosters(plan, size.members(), () -> tell(made.incrementAndGet(), work));
                members.enrol(platform, plan.city().id().value(), rosters);
                applicants.apply(plan, rosters, size.waiting());
                employers.make(platform, plan, rosters);
                meetings.make(platform, plan);
                doubles.make(platform, plan, rosters);
            }
            establishSignIns(platform, plan);
        });
        groupings.make(platform, plan.shownDistrict().id());
        ready = true;
        percent = 100;
        LOG.info("The city is open after {} s", "%.1f".formatted((System.nanoTime() - begun) / 1e9));
    }

    private void tell(int made, int work) {
        int now = 2 + (int) (made * 80L / work);
        if (now != percent) {
            percent = now;
            if (now % 10 == 0) {
                LOG.info("  {} %  {}", now, "■".repeat(now / 5) + "□".repeat(20 - now / 5));
            }
        }
    }

    private void establishSignIns(Actor platform, CityPlan plan) {
        List<UnionId> places = List.of(
                plan.city().id(),
                plan.shownDistrict().id(),
                plan.shownStreet().id(),
                plan.shownBase().id(),
                plan.city().id(),
                plan.shownJointBase().id());
        for (int i = 0; i < SIGN_INS.size(); i++) {
            OpenSignIn each = SIGN_INS.get(i);
            String secret = (SECRETS + SECRETS).substring(i, i + 32);
            accounts.establish(platform, each.login(), NAMES.get(i), PASSWORD, secret, each.role(), places.get(i));
        }
    }
}
