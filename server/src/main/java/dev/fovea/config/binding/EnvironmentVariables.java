package dev.fovea.config.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The variables {@code FOVEA_…} of the environment, without those that Kubernetes injects for each Service: for one
 * called {@code fovea-server}, {@code FOVEA_SERVER_SERVICE_HOST} and {@code FOVEA_SERVER_PORT=tcp://10.96.12.7:80}.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Kubernetes</a>
 */
public final class EnvironmentVariables {

    private static final String PREFIX = "FOVEA_";
    private static final String HOST = "_SERVICE_HOST";
    private static final Pattern SERVICE_PORTS =
            Pattern.compile("_SERVICE_HOST|_SERVICE_PORT(_.+)?|_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");
    private static final Pattern LINK = Pattern.compile("(tcp|udp|sctp)://\\S+:\\d+");

    /** Variables that are no settings of the server, but those of the home and of {@code load}. */
    private static final Set<String> OTHERS = Set.of("FOVEA_HOME", "FOVEA_API_KEY");

    private final List<SettingKey> keys;
    private final Map<String, String> variables = new TreeMap<>();

    /**
     * Those of an environment.
     *
     * @param keys all that there are
     */
    public EnvironmentVariables(List<SettingKey> keys, Map<String, String> environment) {
        this.keys = keys;
        Set<String> services = environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && name.endsWith(HOST))
                .map(name -> name.substring(0, name.length() - HOST.length()))
                .collect(Collectors.toSet());
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && services.stream().noneMatch(service -> injected(service, name, value))) {
                variables.put(name, value);
            }
        });
    }

    /** Whether a variable is one that Kubernetes sets for a service. */
    private boolean injected(String service, String name, String value) {
        if (!name.startsWith(service)) {
            return false;
        }
        String rest = name.substring(service.length());
        if (rest.equals("_PORT") && LINK.matcher(value).matches()) {
            if (keys.stream().anyMatch(key -> key.variable().equals(name))) {
                log().warn(
                                "{}={} is injected by Kubernetes for a Service and is no setting; it is ignored. Set enableServiceLinks: false in the pod.",
                                name,
                                value);
            }
            return true;
        }
        return SERVICE_PORTS.matcher(rest).matches();
    }

    /** The value of a key's variable. */
    public Optional<String> value(SettingKey key) {
        return Optional.ofNullable(variables.get(key.variable()));
    }

    private String suggestion(String variable) {
        String given =
                variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        return Suggestion.nearest(given, keys.stream().map(SettingKey::name).toList());
    }

    /** One error for each variable of a group of keys that no key has; others are warned of only. */
    public List<String> unknown() {
        List<String> names = keys.stream().map(SettingKey::variable).toList();
        Set<String> groups =
                keys.stream().map(key -> SettingKey.variable(key.group() + ".")).collect(Collectors.toSet());
        List<String> errors = new ArrayList<>();
        variables.keySet().stream()
                .filter(name -> !names.contains(name) && !OTHERS.contains(name))
                .forEach(name -> {
                    String problem =
                            "%s: no setting has this environment variable; did you mean %s? Correct or unset it"
                                    .formatted(name, SettingKey.variable(suggestion(name)));
                    if (groups.stream().anyMatch(name::startsWith)) {
                        errors.add(problem);
                    } else {
                        log().warn("{}. It is ignored.", problem);
                    }
                });
        return errors;
    }

    /** Fetched where there is a warning: to set up logging takes longer than all else that is done here. */
    private static Logger log() {
        return LoggerFactory.getLogger("fovea");
    }
}
