// Judges documents by veraPDF's own rules for PDF/UA-1 and PDF/A-3a. Run by the shell of Rhino, with the jar of the npm package
// @opendataloader/pdf on the class path: it has veraPDF's validator and profiles, but neither its command line nor JAXB, which reads the
// profiles. So they are read here.
//
//   java -cp JAR org.mozilla.javascript.tools.shell.Main verapdf.js FILE…
//
// For each file and profile a line "FILE PROFILE verdict RULES ASSERTIONS" with "true" or "false" for the verdict, and before it one for each
// broken rule, the first time: "FILE PROFILE broken CLAUSE-TEST MESSAGE CONTEXT". Fields are parted by tabs.

var files = Array.prototype.slice.call(arguments);
var vera = Packages.org.verapdf;
var Flavour = vera.pdfa.flavours.PDFAFlavour;
var Profiles = vera.pdfa.validation.profiles.Profiles;

function children(node, name) {
  var found = [];
  for (var one = node.getFirstChild(); one !== null; one = one.getNextSibling()) {
    if (String(one.getNodeName()) === name) found.push(one);
  }
  return found;
}

function text(node, name) {
  var one = children(node, name)[0];
  return one ? one.getTextContent() : '';
}

function rule(node) {
  var id = children(node, 'id')[0];
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(
      Flavour.Specification.valueOf(id.getAttribute('specification')),
      id.getAttribute('clause'),
      parseInt(id.getAttribute('testNumber'), 10)
    ),
    node.getAttribute('object'),
    java.lang.Boolean.valueOf(node.getAttribute('deferred')),
    node.getAttribute('tags'),
    text(node, 'description'),
    text(node, 'test'),
    Profiles.errorFromValues(text(children(node, 'error')[0], 'message'), java.util.Collections.emptyList()),
    java.util.Collections.emptyList()
  );
}

function variable(node) {
  return Profiles.variableFromValues(
    node.getAttribute('name'),
    node.getAttribute('object'),
    text(node, 'defaultValue'),
    text(node, 'value')
  );
}

function all(root, list, name, make) {
  var set = new java.util.LinkedHashSet();
  children(children(root, list)[0], name).forEach(function (node) {
    set.add(make(node));
  });
  return set;
}

function profile(name) {
  var stream = java.lang.ClassLoader.getSystemResourceAsStream('org/verapdf/pdfa/validation/' + name + '.xml');
  var builder = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
  var root = builder.parse(stream).getDocumentElement();
  return Profiles.profileFromValues(
    Flavour.valueOf(root.getAttribute('flavour')),
    Profiles.profileDetailsFromValues(name, '', '', new java.util.Date(0)),
    '',
    all(root, 'rules', 'rule', rule),
    all(root, 'variables', 'variable', variable)
  );
}

vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var foundry = vera.pdfa.Foundries.defaultInstance();

['PDFUA-1', 'PDFA-3A'].forEach(function (name) {
  var rules = profile(name);
  files.forEach(function (file) {
    var parser = foundry.createParser(new java.io.File(file), rules.getPDFAFlavour());
    var result = foundry.createValidator(rules, false).validate(parser);
    var told = {};
    var assertions = result.getTestAssertions().iterator();
    while (assertions.hasNext()) {
      var one = assertions.next();
      var id = one.getRuleId().getClause() + '-' + one.getRuleId().getTestNumber();
      if (String(one.getStatus()) === 'PASSED' || told[id]) continue;
      told[id] = true;
      print([file, name, 'broken', id, one.getMessage(), one.getLocation().getContext()].join('\t'));
    }
    print([file, name, result.isCompliant(), rules.getRules().size(), result.getTotalAssertions()].join('\t'));
    parser.close();
  });
});
