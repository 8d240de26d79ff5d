"""The pages to look at: each template, each list, and the states a list can be in."""

LISTS = {
    "test cases": "/test-cases/",
    "test cases, table": "/test-cases/?view=table",
    "test cases, map": "/test-cases/?view=map",
    "test cases, narrowed": "/test-cases/?challenge=new-ideas&challenge=image",
    "test cases, refused and none": "/test-cases/?q=zeppelin&region=XX99",
    "pilot actions": "/pilot-actions/",
    "toolbox": "/toolbox/",
    "documents": "/outputs/",
    "documents, table, page 2": "/outputs/?view=table&page=2",
    "partners": "/partners/",
    "regions": "/regions/",
}
RECORDS = {
    "front page": "/",
    "problems": "/challenges/",
    "problem": "/challenges/meeting-companies/",
    "test case": "/test-cases/krach-plus/",
    "test case of two partners": "/test-cases/cci-help-desk/",
    "pilot action": "/pilot-actions/establishing/",
    "fact sheet": "/pilot-actions/establishing/fact-sheet/",
    "document": "/outputs/o-t1-3/",
    "partner": "/partners/padova/",
    "region": "/regions/DED4/",
    "checklist": "/toolbox/repeating-a-training/",
    "checklist, answered": "/toolbox/repeating-a-training/?a=1.ynl-x-----.7gqm5z",
    "guide": "/toolbox/using-empty-premises/",
    "links": "/toolbox/inducci-on-the-web/",
    "information": "/about/",
    "lost": "/nothing-is-here/",
    "styleguide": "/styleguide/",
}
PAGES = RECORDS | LISTS
EXPECTED = {"lost": (404,)}
