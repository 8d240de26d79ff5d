"""Every address of the site."""

from csp.decorators import csp
from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents.views.serve import authenticate_with_password
from wagtail.utils.urlpatterns import decorate_urlpatterns

from inducci.account import AccountView
from inducci.health import healthz
from inducci.permissions import guarded
from inducci.previews import preview
from inducci.search import SearchView
from inducci.sitemaps import SITEMAPS
from inducci.styleguide import StyleguideView
from inducci.views import in_one_transaction, robots, security
from outputs.downloads import serve as documents

# Stands before Wagtail's own page of the account.
own_account = never_cache(require_admin_access(AccountView.as_view()))
account = path("account/", own_account, name="wagtailadmin_account")
admin_urls = [account, *wagtailadmin_urls.urlpatterns]
admin_urls = decorate_urlpatterns(admin_urls, csp(settings.ADMIN_CONTENT_SECURITY_POLICY))
admin_urls = decorate_urlpatterns(admin_urls, guarded)
admin_urls = decorate_urlpatterns(admin_urls, in_one_transaction)

urlpatterns = [
    path("admin/", include(admin_urls)),
    # Under the names by which Wagtail looks for them.
    path("documents/<int:document_id>/<path:filename>", documents, name="wagtaildocs_serve"),
    path(
        "documents/password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("", include("pilots.urls")),
    path("", include("events.urls")),
    path("", include("toolbox.urls")),
    path("outputs/", include("outputs.urls")),
    path("partners/", include("partners.urls")),
    path("regions/", include("regions.urls")),
    # Only cut pictures: originals may hold more than their cut shows, and documents have their own door.
    re_path(r"^media/(?P<path>images/.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    re_path(r"^media/previews/(?P<name>[0-9a-f]{20}\.png)$", preview, name="preview"),
    path("search/", SearchView.as_view(), name="search"),
    path("styleguide/", StyleguideView.as_view(), name="styleguide"),
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("", include(wagtail_urls)),
]

handler500 = "inducci.health.server_error"
