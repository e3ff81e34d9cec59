package dev.serai.inbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.call.CallIds;
import dev.serai.call.CallListener;
import dev.serai.call.CallWatch;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Protocols;
import java.time.Clock;
import java.util.List;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.RequestContextFilter;

/** Puts the door together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DoorProperties.class)
class InboundConfiguration {

    @Bean
    RouteTable routeTable() {
        return new RouteTable();
    }

    @Bean
    Protocols protocols(List<Protocol> protocols) {
        return new Protocols(protocols);
    }

    @Bean
    FailureAnswers failureAnswers(Protocols protocols, List<PathErrors> others) {
        return new FailureAnswers(protocols, others);
    }

    @Bean
    Responder responder(FailureAnswers failures, ObjectMapper json) {
        return new Responder(failures, json);
    }

    @Bean("platform-http-engine")
    GatewayHttpEngine gatewayHttpEngine(Environment environment, RouteTable table, Responder responder) {
        return new GatewayHttpEngine(environment.getProperty("server.port", Integer.class, 3000), table, responder);
    }

    @Bean
    BodyBudget bodyBudget(DoorProperties door) {
        return new BodyBudget(door.effectiveBodyBudget());
    }

    @Bean
    CallWatch callWatch(DoorProperties door) {
        return new CallWatch(System::nanoTime, door.look(), door.heartbeat());
    }

    @Bean
    ServletRegistrationBean<GatewayServlet> gatewayServlet(
            RouteTable table,
            Responder responder,
            DoorProperties door,
            BodyBudget budget,
            CallWatch watch,
            List<CallListener> listeners,
            Clock clock,
            CallIds ids,
            Lifecycle lifecycle) {
        var servlet =
                new GatewayServlet(table, responder, door, budget, watch, listeners, clock, ids, lifecycle::serving);
        var registration = new ServletRegistrationBean<>(servlet, "/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    /** Keeps Spring MVC from putting a filter of its own before every call. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        var registration = new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> doorProtocol(DoorProperties door) {
        return factory -> {
            factory.setProtocol(DoorProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setProperty("continueResponseTiming", "onRead");
                var protocol = (DoorProtocol) connector.getProtocolHandler();
                protocol.setHeaderDeadline(door.headerDeadline());
                protocol.setConnectionTimeout((int) door.headerDeadline().toMillis());
                protocol.setDisableUploadTimeout(false);
                protocol.setConnectionUploadTimeout(20_000);
            });
            factory.addEngineValves(new ConnectionValve());
        };
    }

    /** Hands the request's socket on to the servlet. */
    private static final class ConnectionValve extends org.apache.catalina.valves.ValveBase {

        ConnectionValve() {
            super(true);
        }

        @Override
        public void invoke(
                org.apache.catalina.connector.Request request, org.apache.catalina.connector.Response response)
                throws java.io.IOException, jakarta.servlet.ServletException {
            if (request.getCoyoteRequest().getNote(DoorProcessor.SOCKET_NOTE) instanceof SocketWrapperBase<?> socket) {
                request.setAttribute(GatewayServlet.CONNECTION, new Connection(socket));
            }
            getNext().invoke(request, response);
        }
    }
}
