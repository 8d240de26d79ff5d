"""Addresses of news, events and registrations."""

from django.urls import path

from events import views

app_name = "events"
urlpatterns = [
    path("news/", views.NewsBrowseView.as_view(), name="news"),
    path("news/<slug:slug>/", views.NewsDetailView.as_view(), name="news_detail"),
    path("events/", views.EventBrowseView.as_view(), name="events"),
    path("events/<slug:slug>/", views.EventDetailView.as_view(), name="event_detail"),
    path("events/<slug:slug>/event.ics", views.calendar, name="calendar"),
    path("events/<slug:slug>/recording/", views.recording, name="recording"),
    path("events/<slug:slug>/registration/", views.RegisterView.as_view(), name="register"),
    path("events/<slug:slug>/registration/sent/", views.SentView.as_view(), name="sent"),
    path("events/<slug:slug>/registration/link/", views.LinkView.as_view(), name="link"),
    path("events/<slug:slug>/confirm/<path:token>/", views.ConfirmView.as_view(), name="confirm"),
    path("events/<slug:slug>/change/<path:token>/", views.ChangeView.as_view(), name="change"),
    path("events/<slug:slug>/stream/<path:token>/", views.StreamView.as_view(), name="stream"),
]
