// Holds PDFs against PDF/A-3a and PDF/UA-1 with veraPDF's library: java -cp JAR VeraPdf.java FILE...
//
// Prints a line for each file and profile, and one for each check that fails, in columns:
//   done    FILE  PROFILE  CHECKS
//   failed  FILE  PROFILE  CLAUSE  MESSAGE  PLACE

import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class VeraPdf {
    public static void main(String[] files) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        VeraGreenfieldFoundryProvider.initialise();
        List<ValidationProfile> profiles = List.of(
            profile(PDFAFlavour.PDFA_3_A, "PDFA-3A"), profile(PDFAFlavour.PDFUA_1, "PDFUA-1"));
        for (String file : files) {
            for (ValidationProfile profile : profiles) {
                PDFAFlavour flavour = profile.getPDFAFlavour();
                try (PDFAParser pdf = Foundries.defaultInstance().createParser(new File(file), flavour);
                        PDFAValidator checks = Foundries.defaultInstance().createValidator(profile, false)) {
                    ValidationResult result = checks.validate(pdf);
                    for (TestAssertion failed : result.getTestAssertions()) {
                        String clause = failed.getRuleId().getClause() + "-" + failed.getRuleId().getTestNumber();
                        say(out, "failed", file, flavour, clause, failed.getMessage(), failed.getLocation().getContext());
                    }
                    say(out, "done", file, flavour, result.getTotalAssertions());
                } catch (Exception broken) {
                    say(out, "failed", file, flavour, "-", broken.toString(), "the file");
                }
            }
        }
    }

    static void say(PrintStream out, Object... columns) {
        List<String> line = new ArrayList<>();
        for (Object column : columns) line.add(String.valueOf(column).replaceAll("\\s+", " "));
        out.println(String.join("\t", line));
    }

    // The library reads its own profiles by way of JAXB, which is part of no Java any more.
    static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
        Element root;
        try (InputStream xml = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = all(rule, "id").get(0);
            List<ErrorArgument> arguments = new ArrayList<>();
            for (Element each : all(rule, "argument"))
                arguments.add(ErrorArgumentImpl.fromValues(each.getTextContent(), null, null));
            rules.add(Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                    PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                    id.getAttribute("clause"),
                    Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), arguments),
                List.of()));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element each : all(root, "variable"))
            variables.add(Profiles.variableFromValues(
                each.getAttribute("name"), each.getAttribute("object"), text(each, "defaultValue"), text(each, "value")));
        if (rules.size() < 100 || variables.isEmpty()) throw new IllegalStateException(name + " is not as it was");
        return Profiles.profileFromValues(
            flavour, Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
    }

    static String text(Element parent, String tag) {
        return all(parent, tag).get(0).getTextContent();
    }

    static List<Element> all(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int at = 0; at < nodes.getLength(); at++) found.add((Element) nodes.item(at));
        return found;
    }
}
