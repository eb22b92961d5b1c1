package dev.sesame.setting;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The config file: `config.json`, `.jsonc`, `.yaml` (or `.yml`) or `.toml` in the data directory, or the file that
/// `SESAME_CONFIG` names. A key may be written with its dots or nested, `{"ai": {"model": …}}`. Read once, at the
/// start.
final class ConfigFile {
    private static final List<String> ENDINGS = List.of("json", "jsonc", "yaml", "yml", "toml");

    private final Path file;
    private final Map<String, Object> values = new HashMap<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /// The values that it sets, by key; empty without a file.
    ///
    /// @throws BadConfigurationException if there are two, or it can't be read, or it holds something that is no
    ///     setting; the message names file and key
    static Map<String, Object> read(Map<String, String> environment, Path dataDirectory) {
        List<Path> found = found(environment.get("SESAME_CONFIG"), dataDirectory);
        if (found.size() > 1) {
            throw new BadConfigurationException(
                    "There are two config files, " + found.get(0) + " and " + found.get(1) + ". Keep one");
        }
        if (found.isEmpty()) {
            return Map.of();
        }
        var config = new ConfigFile(found.getFirst());
        config.take("", config.tree());
        return Map.copyOf(config.values);
    }

    private static List<Path> found(@Nullable String named, Path dataDirectory) {
        List<Path> found = new ArrayList<>();
        if (named != null && !named.isBlank()) {
            Path file = Path.of(named.strip()).toAbsolutePath().normalize();
            if (!Files.isRegularFile(file)) {
                throw new BadConfigurationException("SESAME_CONFIG: there is no file " + file);
            }
            found.add(file);
        }
        ENDINGS.stream()
                .map(ending -> dataDirectory.resolve("config." + ending))
                .filter(file -> Files.exists(file) && !found.contains(file))
                .forEach(found::add);
        return found;
    }

    private JsonNode tree() {
        try {
            JsonNode tree = mapper().readTree(Files.readString(file));
            // An empty YAML or a JSON null sets nothing.
            return tree == null || tree.isMissingNode() || tree.isNull() ? JsonNodeFactory.instance.objectNode() : tree;
        } catch (JacksonException e) {
            JsonLocation place = e.getLocation();
            throw new BadConfigurationException(file + ": malformed"
                    + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr()));
        } catch (IOException e) {
            throw new BadConfigurationException(file + " can't be read: " + e.getMessage());
        }
    }

    private ObjectMapper mapper() {
        String name = file.getFileName().toString();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> strict(JsonMapper.builder());
            case "jsonc" ->
                strict(JsonMapper.builder()
                        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA));
            case "yaml", "yml" -> strict(YAMLMapper.builder());
            case "toml" -> strict(TomlMapper.builder());
            default ->
                throw new BadConfigurationException(
                        file + ": a config file's name ends with .json, .jsonc, .yaml or .toml");
        };
    }

    private static ObjectMapper strict(MapperBuilder<?, ?> builder) {
        return builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private void take(String key, JsonNode node) {
        Setting<?> setting = SettingKeys.find(key).orElse(null);
        if (setting != null) {
            put(setting, node);
        } else if (node.isObject()) {
            node.properties()
                    .forEach(member ->
                            take(key.isEmpty() ? member.getKey() : key + "." + member.getKey(), member.getValue()));
        } else {
            throw new BadConfigurationException(
                    file + ": " + (key.isEmpty() ? "expected settings by their keys" : "there is no setting " + key));
        }
    }

    private void put(Setting<?> setting, JsonNode node) {
        if (setting.secret()) {
            throw new BadConfigurationException(file + ": " + setting.key()
                    + " is secret and does not belong in a file. Set " + setting.environment()
                    + ", or let an admin set it in the settings, where it is kept encrypted");
        }
        try {
            if (values.put(setting.key(), setting.type().read(node)) != null) {
                throw new BadConfigurationException(file + ": " + setting.key() + " is there twice");
            }
        } catch (IllegalArgumentException e) {
            throw new BadConfigurationException(
                    file + ": " + setting.key() + ": expected " + setting.type().expected() + ", not " + node);
        }
    }
}
