/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A pom as the build publishes it: flattened. */
record PublishedPom(String text, Element project) {

    static PublishedPom of(Path module) {
        return parse(module.resolve(".flattened-pom.xml"));
    }

    /** Reads any pom, such as the one in the sources. */
    static PublishedPom parse(Path file) {
        try {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
            return new PublishedPom(ProjectFiles.text(file), document.getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }

    String artifactId() {
        return value(project, "artifactId");
    }

    String version() {
        return value(project, "version");
    }

    boolean has(String element) {
        return children(project, element).findAny().isPresent();
    }

    List<Dependency> dependencies() {
        return dependencies(project);
    }

    List<Dependency> managedDependencies() {
        return children(project, "dependencyManagement")
                .flatMap(management -> dependencies(management).stream())
                .toList();
    }

    private static List<Dependency> dependencies(Element parent) {
        return children(parent, "dependencies")
                .flatMap(list -> children(list, "dependency"))
                .map(PublishedPom::dependency)
                .toList();
    }

    private static Dependency dependency(Element element) {
        List<String> exclusions = children(element, "exclusions")
                .flatMap(list -> children(list, "exclusion"))
                .map(exclusion -> value(exclusion, "groupId") + ":" + value(exclusion, "artifactId"))
                .toList();
        return new Dependency(
                value(element, "groupId"),
                value(element, "artifactId"),
                value(element, "version"),
                value(element, "scope"),
                exclusions);
    }

    private static String value(Element parent, String name) {
        return children(parent, name).map(Node::getTextContent).findFirst().orElse("");
    }

    private static Stream<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast);
    }

    /** A dependency; what is not stated is empty. */
    record Dependency(String groupId, String artifactId, String version, String scope, List<String> exclusions) {}
}
