package dev.fovea.server;

import dev.fovea.inference.Readiness;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What Spring knows of {@link ServingApplication}: its end and its health. {@link Opening} and the settings are put in
 * by {@link FoveaServer}, the transports by {@link HttpWiring}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {ErrorMvcAutoConfiguration.class, ValidationAutoConfiguration.class})
class Wiring {

    @Bean
    ServingApplication servingApplication(Opening opening) {
        return opening.application();
    }

    @Bean
    ModelsHealth modelsHealthIndicator(ServingApplication application) {
        return new ModelsHealth(application.models());
    }

    @Bean
    StorageHealth storageHealthIndicator(ServingApplication application) {
        return new StorageHealth(application.healthCheck());
    }

    @Bean
    InstancesHealth instancesHealthIndicator(ServingApplication application) {
        return new InstancesHealth(application.models());
    }

    @Bean
    Readiness readiness(ApplicationAvailability availability, ServingApplication application) {
        return new Readiness(availability, application.models());
    }
}
