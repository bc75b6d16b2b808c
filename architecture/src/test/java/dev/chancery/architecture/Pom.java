package dev.chancery.architecture;

import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// One pom of the repository, asked with XPath.
final class Pom {
    private final Document document;

    private Pom(Document document) {
        this.document = document;
    }

    /// @param folder the module's, or empty for the parent
    static Pom read(String folder) {
        try {
            // Not aware of namespaces, so that paths need no prefixes.
            return new Pom(DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(Repository.ROOT.resolve(folder).resolve("pom.xml").toFile()));
        } catch (Exception e) {
            throw new AssertionError("pom of " + folder, e);
        }
    }

    List<String> texts(String path) {
        try {
            NodeList nodes = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
            var texts = new ArrayList<String>();
            for (int i = 0; i < nodes.getLength(); i++) {
                texts.add(nodes.item(i).getTextContent().strip());
            }
            return texts;
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }
}
